/**
 * Findings that are accepted for now, so that only new ones count. One is known again by its file, its rule and the text of its
 * line, blanks aside: it stays known when the file grows above it, and no longer when somebody edits the line.
 */
import { sha256 } from './text-hash.ts';
import type { Finding } from './finding.ts';

/** The content of a baseline file. File (relative to it, with `/`) → rule → hash of the line → how many. */
export interface Baseline {
  version: 1;
  findings: Record<string, Record<string, Record<string, number>>>;
}

/** What the baseline has to know of a finding's file: its path relative to the baseline file, and its text. */
export type Locate = (finding: Finding) => { file: string; text: string };

/** In a stable order, so that a change of the file reads well in a review. */
export function makeBaseline(findings: readonly Finding[], locate: Locate): Baseline {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = JSON.stringify(keyOf(finding, locate));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const baseline: Baseline = { version: 1, findings: {} };
  for (const key of [...counts.keys()].sort()) {
    const [file, rule, hash] = JSON.parse(key) as [string, string, string];
    const byRule = (baseline.findings[file] ??= {});
    (byRule[rule] ??= {})[hash] = counts.get(key) ?? 0;
  }
  return baseline;
}

export interface BaselineResult {
  /** Findings that are not in the baseline. */
  fresh: Finding[];
  accepted: number;
  /** Entries of the baseline that no finding answers to any more. */
  stale: number;
}

export function subtractBaseline(findings: readonly Finding[], baseline: Baseline, locate: Locate): BaselineResult {
  const left = structuredClone(baseline.findings);
  const fresh = findings.filter((finding) => {
    const [file, rule, hash] = keyOf(finding, locate);
    const counts = left[file]?.[rule];
    const count = counts?.[hash] ?? 0;
    if (!counts || count <= 0) return true;
    counts[hash] = count - 1;
    return false;
  });
  const stale = Object.values(left)
    .flatMap((byRule) => Object.values(byRule))
    .flatMap((counts) => Object.values(counts))
    .reduce((sum, count) => sum + count, 0);
  return { fresh, accepted: findings.length - fresh.length, stale };
}

/** Throws an Error that says what is wrong with the text of a baseline file. */
export function parseBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['findings'])) throw new Error('it is no baseline of version 1');
  for (const byRule of Object.values(value['findings'])) {
    if (!isRecord(byRule)) throw new Error('its "findings" are not files → rules → hashes → counts');
    for (const counts of Object.values(byRule)) {
      if (!isRecord(counts) || !Object.values(counts).every((count) => typeof count === 'number')) {
        throw new Error('its "findings" are not files → rules → hashes → counts');
      }
    }
  }
  return value as unknown as Baseline;
}

function keyOf(finding: Finding, locate: Locate): [file: string, rule: string, hash: string] {
  const { file, text } = locate(finding);
  const from = Math.max(text.lastIndexOf('\n', finding.start - 1), text.lastIndexOf('\r', finding.start - 1)) + 1;
  const line = /[^\r\n]*/.exec(text.slice(from))?.[0] ?? '';
  // 48 bits: two lines of one file and rule meeting by chance is out of the question.
  return [file, finding.rule, sha256(line.trim().replace(/\s+/g, ' ')).slice(0, 12)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
