/**
 * Mutated real files through the analyzer. What is held, of any input: no rule throws; every offset is within the text; the file is done
 * within two seconds of processor time; and no fix makes a file that parses into one that does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import { applyEdits, editsByFile } from '../../src/analyzer/fixes/edits.ts';
import type { Finding, Fix } from '../../src/analyzer/finding.ts';
import { countSyntaxErrors } from '../../src/analyzer/syntax-errors.ts';
import { randomly } from '../support/randomly.ts';
import { mutate, type Random } from './mutate.ts';

export interface FuzzOptions {
  /** Folders of projects, each with a package.json. */
  roots: readonly string[];
  inputs: number;
  seed: number;
  /** Told after each project. @param done inputs so far */
  onProgress?: (done: number) => void;
}

export interface FuzzOutcome {
  inputs: number;
  findings: number;
  fixes: number;
  /** Texts that parse, of those looked at. */
  parsed: number;
  /** Of the processor's time, for one file, in ms. */
  slowestMs: number;
  failures: FuzzFailure[];
}

export interface FuzzFailure {
  what: string;
  file: string;
  /** The input, to make a test of. */
  text: string;
}

/** So many texts are tried on a project before the next one has its turn. */
const perProject = 25;
const longestMs = 2000;
/** Enough to see what is wrong. */
const mostFailures = 20;

export async function fuzz({ roots, inputs, seed, onProgress }: FuzzOptions): Promise<FuzzOutcome> {
  const random = randomly(seed);
  const outcome: FuzzOutcome = { inputs: 0, findings: 0, fixes: 0, parsed: 0, slowestMs: 0, failures: [] };
  // Rules that throw are silenced for users and loud here.
  const debug = process.env['KEYSCOPE_DEBUG'];
  process.env['KEYSCOPE_DEBUG'] = '1';
  try {
    while (outcome.inputs < inputs && outcome.failures.length < mostFailures) {
      const root = roots[random(roots.length)];
      if (root === undefined) break;
      await fuzzProject(root, Math.min(perProject, inputs - outcome.inputs), random, outcome);
      onProgress?.(outcome.inputs);
    }
  } finally {
    if (debug === undefined) delete process.env['KEYSCOPE_DEBUG'];
    else process.env['KEYSCOPE_DEBUG'] = debug;
  }
  return outcome;
}

async function fuzzProject(root: string, inputs: number, random: Random, outcome: FuzzOutcome): Promise<void> {
  const sources = sourcesIn(root);
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  await analyzer.check();
  for (let count = 0; count < inputs; count++) {
    const file = sources[random(sources.length)];
    const other = sources[random(sources.length)];
    if (file === undefined || other === undefined) return;
    const text = mutate(readFileSync(file, 'utf8'), readFileSync(other, 'utf8'), random);
    outcome.inputs++;
    const fail = (what: string): void => void outcome.failures.push({ what, file, text });
    const timed = (): { findings: Finding[]; fixes: Fix[]; ms: number } => {
      const started = process.cpuUsage();
      analyzer.setText(file, text);
      const findings = analyzer.checkFile(file);
      const fixes = findings.flatMap((finding) => analyzer.fixes(finding));
      const spent = process.cpuUsage(started);
      return { findings, fixes, ms: (spent.user + spent.system) / 1000 };
    };
    try {
      let { findings, fixes, ms } = timed();
      if (ms > longestMs) {
        // A machine with other things to do is no defect of ours: only what is slow again counts.
        analyzer.setText(file, undefined);
        analyzer.checkFile(file);
        ({ findings, fixes, ms } = timed());
      }
      outcome.slowestMs = Math.max(outcome.slowestMs, ms);
      if (ms > longestMs) fail(`${Math.round(ms)} ms`);
      outcome.findings += findings.length;
      outcome.fixes += fixes.length;
      for (const finding of findings) if (finding.start < 0 || finding.end > text.length || finding.start > finding.end) fail(`${finding.rule} stands at ${finding.start}–${finding.end} of ${text.length}`);
      if (countSyntaxErrors(file, text) > 0) continue;
      outcome.parsed++;
      for (const fix of fixes) {
        const broken = brokenBy(fix, (name) => analyzer.text(name));
        if (broken !== undefined) fail(`${fix.id} (${fix.title}) leaves ${broken} so that it does not parse`);
      }
    } catch (error) {
      fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      analyzer.setText(file, undefined);
    }
  }
}

/** A file that parses before a fix and does not after it. */
function brokenBy(fix: Fix, textOf: (file: string) => string | undefined): string | undefined {
  for (const [file, edits] of editsByFile(fix.edits)) {
    const before = textOf(file);
    if (before !== undefined && countSyntaxErrors(file, before) > 0) continue;
    if (countSyntaxErrors(file, applyEdits(before, edits)) > 0) return file;
  }
  return undefined;
}

function sourcesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .sort();
}

/** The labelled cases: a folder for each project. */
export function caseRoots(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((one) => join(folder, name, one).replaceAll('\\', '/')))
    .sort();
}
