/** Fixes applied to a fixed point: check, apply what fits together, check again, since one fix may open the way for another. */
import type { Analyzer, CheckOptions, Stats } from '../analyzer.ts';
import type { Finding, Fix } from '../finding.ts';
import { countSyntaxErrors } from '../syntax-errors.ts';
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
  /** Files with syntax errors, where what is chosen was left out: what a finding there means is not sure. */
  unparsed: string[];
  /** What the last check still reports. */
  remaining: Finding[];
  /** Of the last check. */
  stats: Stats;
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
  const rounds = new Rounds(analyzer, choose);
  let { findings, stats } = await analyzer.check(options);
  for (let round = 0; round < mostRounds && rounds.apply(findings); round++) {
    ({ findings, stats } = await analyzer.check(options));
  }
  return { files: rounds.changedFiles(), applied: rounds.applied, refused: rounds.refused, unparsed: [...rounds.unparsed].sort(), remaining: findings, stats };
}

/**
 * The same for the findings of one file, at once: for an editor, which wants the edits and nothing changed.
 * `restore` is called for every file whose text was touched, to lay the editor's own text over it again.
 */
export function fixesOfFile(analyzer: Analyzer, file: string, choose: ChooseFix, restore: (file: string) => void): FixOutcome['files'] {
  const rounds = new Rounds(analyzer, choose);
  try {
    for (let round = 0; round < mostRounds && rounds.apply(analyzer.checkFile(file)); round++);
    return rounds.changedFiles();
  } finally {
    rounds.touchedFiles().forEach(restore);
  }
}

class Rounds {
  readonly applied: AppliedFix[] = [];
  readonly refused: string[] = [];
  readonly unparsed = new Set<string>();
  readonly #analyzer: Analyzer;
  readonly #choose: ChooseFix;
  readonly #before = new Map<string, string | undefined>();
  readonly #givenUp = new Set<string>();

  constructor(analyzer: Analyzer, choose: ChooseFix) {
    this.#analyzer = analyzer;
    this.#choose = choose;
  }

  /** Applies what is chosen and fits together; whether anything was. */
  apply(findings: readonly Finding[]): boolean {
    const candidates = findings.flatMap((finding) => {
      const fix = this.#choose(finding, this.#analyzer.fixes(finding));
      return fix && !this.#givenUp.has(nameOf({ finding, fix })) && this.#parses(fix) ? [{ finding, fix }] : [];
    });
    let changed = false;
    for (const group of connected(withoutConflicts(smallestFirst(candidates)))) {
      const done = this.#applyGroup(group);
      if (!done) continue;
      changed = true;
      for (const [file, after] of done.texts) {
        if (!this.#before.has(file)) this.#before.set(file, this.#analyzer.text(file));
        this.#analyzer.setText(file, after);
      }
      this.applied.push(...done.fixes);
    }
    return changed;
  }

  /** Every file that it edits; those that do not are noted. */
  #parses({ edits }: Fix): boolean {
    const files = new Set(edits.filter(({ create }) => !create).map(({ file }) => file));
    const broken = [...files].filter((file) => countSyntaxErrors(file, this.#analyzer.text(file) ?? '') > 0);
    broken.forEach((file) => this.unparsed.add(file));
    return broken.length === 0;
  }

  touchedFiles(): string[] {
    return [...this.#before.keys()].sort();
  }

  changedFiles(): FixOutcome['files'] {
    return this.touchedFiles().flatMap((file) => {
      const before = this.#before.get(file);
      const after = this.#analyzer.text(file);
      return after === undefined || after === before ? [] : [{ file, before, after }];
    });
  }

  /** The whole group, or where that cannot be, those of it that are right together. A fix is never half done. */
  #applyGroup(group: readonly AppliedFix[]): Done | undefined {
    let done = textsAfter(this.#analyzer, group);
    if (done instanceof Map) return { fixes: group, texts: done };
    let fixes: AppliedFix[] = [];
    let texts: Map<string, string> | undefined;
    for (const fix of group) {
      done = textsAfter(this.#analyzer, [...fixes, fix]);
      if (done instanceof Map) {
        fixes = [...fixes, fix];
        texts = done;
      } else {
        this.refused.push(done);
        this.#givenUp.add(nameOf(fix));
      }
    }
    return texts && { fixes, texts };
  }
}

/** Their fixes leave nothing for others to find in the same place, but have none any more once one of those was taken: the MULTI of a rebuild has its EXPIRE and its loop in it. */
const settling: ReadonlySet<string> = new Set(['rebuild-gap']);

/**
 * Where two rules cannot both have their way, the one that settles the other's findings goes first, then the one whose fixes change less: a KEEPTTL
 * that is asked for stays in what then becomes a hash. Those of one rule keep their order.
 */
function smallestFirst(candidates: readonly AppliedFix[]): AppliedFix[] {
  const rank = ({ finding }: AppliedFix): number => (settling.has(finding.rule) ? 0 : 1);
  const most = new Map<string, number>();
  for (const { finding, fix } of candidates) most.set(finding.rule, Math.max(most.get(finding.rule) ?? 0, fix.edits.length));
  return [...candidates].sort((one, other) => rank(one) - rank(other) || (most.get(one.finding.rule) ?? 0) - (most.get(other.finding.rule) ?? 0));
}

/** Offsets move from round to round, names do not. */
function nameOf({ finding, fix }: AppliedFix): string {
  return [finding.file, finding.rule, fix.id].join('\0');
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
      if (countSyntaxErrors(file, after) > 0) {
        return `${file} would not parse after ${describe(fixes[fixes.length - 1])}. That is a defect of Keyscope; the fix was left out.`;
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

function describe(last: AppliedFix | undefined): string {
  return last ? `the fix of ${last.finding.rule} (${last.fix.id})` : 'the fix';
}
