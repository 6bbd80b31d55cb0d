/** Fixes applied to a fixed point: check, apply what fits together, check again, since one fix may open the way for another. */
import ts from 'typescript';
import type { Analyzer, CheckOptions } from '../analyzer.ts';
import type { Finding, Fix } from '../finding.ts';
import { applyEdits, EditError, editsByFile, withoutConflicts } from './edits.ts';

/** More rounds than any real file needs; fixes that undo each other must end somewhere. */
const mostRounds = 10;

export interface AppliedFix {
  finding: Finding;
  fix: Fix;
}

export interface FixOutcome {
  /** Every file that differs, `before` undefined where a fix makes it. Nothing is written to disk. */
  files: { file: string; before: string | undefined; after: string }[];
  applied: AppliedFix[];
  /** Fixes that were left out because the file would not parse after them, or changed meanwhile: what happened, for the person. */
  refused: string[];
  /** What the last check still reports. */
  remaining: Finding[];
}

/** Which fix of a finding to take; none to leave the finding alone. */
export type ChooseFix = (finding: Finding, fixes: readonly Fix[]) => Fix | undefined;

/** The first safe fix: what `fix` and fix-all apply. */
export const safeFix: ChooseFix = (_, fixes) => fixes.find((fix) => fix.kind === 'safe');

/**
 * Applies fixes to the analyzer's own texts (as unsaved ones), until a check brings none that may be applied.
 * The caller writes the outcome to disk, or takes the texts back with `setText(file, undefined)`.
 */
export async function applyFixes(analyzer: Analyzer, options: CheckOptions, choose: ChooseFix): Promise<FixOutcome> {
  const before = new Map<string, string | undefined>();
  const applied: AppliedFix[] = [];
  const refused: string[] = [];
  const givenUp = new Set<string>();
  const nameOf = ({ finding, fix }: AppliedFix): string => [finding.file, finding.rule, fix.id].join('\0');
  let { findings } = await analyzer.check(options);
  for (let round = 0; round < mostRounds; round++) {
    const candidates = findings.flatMap((finding) => {
      const fix = choose(finding, analyzer.fixes(finding));
      return fix && !givenUp.has(nameOf({ finding, fix })) ? [{ finding, fix }] : [];
    });
    let changed = false;
    for (const group of connected(withoutConflicts(candidates))) {
      const done = applyTogether(group) ?? applyOne(group);
      if (!done) continue;
      changed = true;
      for (const [file, after] of done.texts) {
        if (!before.has(file)) before.set(file, analyzer.text(file));
        analyzer.setText(file, after);
      }
      applied.push(...done.fixes);
    }
    if (!changed) break;
    ({ findings } = await analyzer.check(options));
  }
  const files = [...before].flatMap(([file, text]) => {
    const after = analyzer.text(file);
    return after === undefined || after === text ? [] : [{ file, before: text, after }];
  });
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { files, applied, refused, remaining: findings };

  /** All of a group or nothing, so that a fix over several files is never half done. */
  function applyTogether(fixes: readonly AppliedFix[]): Done | undefined {
    const result = textsAfter(analyzer, fixes);
    if (typeof result !== 'string') return { fixes, texts: result };
    if (fixes.length === 1) refuse(fixes, result);
    return undefined;
  }

  /** The first of a group that is right by itself; the others get their turn in the next round. */
  function applyOne(group: readonly AppliedFix[]): Done | undefined {
    if (group.length === 1) return undefined;
    for (const fix of group) {
      const done = applyTogether([fix]);
      if (done) return done;
    }
    return undefined;
  }

  function refuse(fixes: readonly AppliedFix[], why: string): void {
    refused.push(why);
    for (const fix of fixes) givenUp.add(nameOf(fix));
  }
}

interface Done {
  fixes: readonly AppliedFix[];
  texts: Map<string, string>;
}

/** The new text of each file, or why there is none. */
function textsAfter(analyzer: Analyzer, fixes: readonly AppliedFix[]): Map<string, string> | string {
  const texts = new Map<string, string>();
  try {
    for (const [file, edits] of editsByFile(fixes.flatMap(({ fix }) => fix.edits))) {
      const text = analyzer.text(file);
      const after = applyEdits(text, edits);
      if (syntaxErrors(file, after) > (text === undefined ? 0 : syntaxErrors(file, text))) {
        return `${file} would not parse after ${describe(fixes)}. That is a defect of Keyscope; the fix was left out.`;
      }
      texts.set(file, after);
    }
    return texts;
  } catch (error) {
    if (error instanceof EditError) return error.message;
    throw error;
  }
}

/** Fixes that share a file, directly or by others between them, in groups. */
function connected(fixes: readonly AppliedFix[]): AppliedFix[][] {
  const groups: { files: Set<string>; fixes: AppliedFix[] }[] = [];
  for (const applied of fixes) {
    const joined = { files: new Set(applied.fix.edits.map((edit) => edit.file)), fixes: [applied] };
    for (let i = groups.length - 1; i >= 0; i--) {
      const group = groups[i];
      if (!group || ![...group.files].some((file) => joined.files.has(file))) continue;
      group.files.forEach((file) => joined.files.add(file));
      joined.fixes.unshift(...group.fixes);
      groups.splice(i, 1);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.fixes);
}

function describe(group: readonly AppliedFix[]): string {
  const names = [...new Set(group.map(({ finding, fix }) => `${finding.rule} (${fix.id})`))];
  return `the fix${group.length > 1 ? 'es' : ''} of ${names.join(', ')}`;
}

/** Syntax errors alone; types are not asked about. */
function syntaxErrors(file: string, text: string): number {
  const output = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve },
  });
  return output.diagnostics?.filter(({ category }) => category === ts.DiagnosticCategory.Error).length ?? 0;
}
