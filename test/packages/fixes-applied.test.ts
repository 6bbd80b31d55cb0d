/**
 * Every fix that is offered, applied throughout: in the labelled projects, which are then type-checked against the real declarations, and in
 * published packages, which must still parse. What it does when run is shown by test/fixes.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { Finding, Fix } from '../../src/analyzer/finding.ts';
import { applyFixes, safeFix, type ChooseFix } from '../../src/analyzer/fixes/apply.ts';
import { applyEdits, editsByFile, withoutConflicts } from '../../src/analyzer/fixes/edits.ts';
import { countSyntaxErrors } from '../../src/analyzer/syntax-errors.ts';
import { realProgram } from '../support/real-program.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';

const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'keyscope-fixes-applied-')).replaceAll('\\', '/');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Offered {
  finding: Finding;
  fixes: readonly Fix[];
}

async function offeredIn(root: string): Promise<Offered[]> {
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  const { findings } = await analyzer.check({ includeTests: true });
  return findings.map((finding) => ({ finding, fixes: analyzer.fixes(finding) }));
}

/** Writes the files of a project with all first fixes, or all second ones, and so on, as far as they go together. @returns what was applied, by file */
function applyAll(offered: readonly Offered[], nth: number): Map<string, string[]> {
  const chosen = withoutConflicts(offered.flatMap(({ finding, fixes }) => (fixes[nth] ? [{ finding, fix: fixes[nth] }] : [])));
  const applied = new Map<string, string[]>();
  for (const [file, edits] of editsByFile(chosen.flatMap(({ fix }) => fix.edits))) {
    const before = edits.some(({ create }) => create) ? undefined : readFileSync(file, 'utf8');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, applyEdits(before, edits));
    applied.set(file, chosen.filter(({ fix }) => fix.edits.some((edit) => edit.file === file)).map(({ finding, fix }) => `${finding.rule}/${fix.id}`));
  }
  return applied;
}

/** Errors of some of a project's files, named relative to it. JavaScript has to parse only. */
function errorsOf(root: string, files: Iterable<string>): Map<string, string[]> {
  const { program } = realProgram(root);
  const errors = new Map<string, string[]>();
  for (const source of [...files].flatMap((file) => program.getSourceFile(`${root}/${file}`) ?? [])) {
    const isTyped = /\.[cm]?tsx?$/.test(source.fileName);
    for (const { category, code, messageText } of [...program.getSyntacticDiagnostics(source), ...(isTyped ? program.getSemanticDiagnostics(source) : [])]) {
      if (category !== ts.DiagnosticCategory.Error) continue;
      const file = source.fileName.slice(root.length + 1);
      errors.set(file, [...(errors.get(file) ?? []), `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 200)}`]);
    }
  }
  return errors;
}

describe.each([['labelled projects', 'test/cases'], ['the shop', 'examples/shop']])('%s', (_, place) => {
  it('type-check after their fixes as before', async () => {
    const lay = (name: string): string => {
      const root = `${folder}/${name}`;
      cpSync(join(repository, place), root, { recursive: true, filter: (path) => !/node_modules|[\\/]dist(?:[\\/]|$)/.test(path) });
      return root;
    };
    const name = place.replace('/', '-');
    const rounds: { root: string; applied: ReadonlyMap<string, string[]> }[] = [];
    for (let nth = 0; ; nth++) {
      const root = lay(`${name}-${nth}`);
      const offered = await offeredIn(root);
      if (offered.every(({ fixes }) => fixes.length <= nth)) break;
      const applied = [...applyAll(offered, nth)].map(([file, fixes]) => [file.slice(root.length + 1), fixes] as const);
      rounds.push({ root, applied: new Map(applied) });
    }
    expect(rounds.length).toBeGreaterThan(1);
    const before = errorsOf(lay(name), new Set(rounds.flatMap(({ applied }) => [...applied.keys()])));
    const broken = rounds.flatMap(({ root, applied }) => [...errorsOf(root, applied.keys())]
      // A project whose own configuration is less strict has some, which a fix may word otherwise.
      .filter(([file, found]) => found.length > (before.get(file)?.length ?? 0))
      .map(([file, found]) => `${file}: ${found.join('; ')}\n  after ${(applied.get(file) ?? []).join(', ')}`));
    expect(broken).toEqual([]);
  }, 600_000);
});

describe('published packages', () => {
  beforeAll(() => fetchPackages(corpus), 300_000);

  it.each(corpus.map((each) => [each.name, each] as const))('%s parses after each fix, and safe ones come to an end', async (_, each) => {
    const root = (await layOut(each, folder)).replaceAll('\\', '/');
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    const { findings } = await analyzer.check({ includeTests: true });
    const broken: string[] = [];
    for (const finding of findings) {
      for (const fix of analyzer.fixes(finding)) {
        for (const [file, edits] of editsByFile(fix.edits)) {
          if (countSyntaxErrors(file, applyEdits(analyzer.text(file), edits)) > 0) broken.push(`${finding.rule}/${fix.id} in ${file}`);
        }
      }
    }
    expect(broken).toEqual([]);
    const isSafe: ChooseFix = safeFix;
    const outcome = await applyFixes(analyzer, { includeTests: true }, isSafe);
    expect(outcome.refused).toEqual([]);
    expect(outcome.remaining.filter((finding) => isSafe(finding, analyzer.fixes(finding)))).toEqual([]);
  });
});
