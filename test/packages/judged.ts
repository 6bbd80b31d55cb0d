/** The judged findings of a package, as findings/<package>.json holds them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis, FoundLine } from './analyse.ts';
import type { CorpusPackage } from './corpus.ts';

export interface JudgedLine extends FoundLine, Verdict {
  /** Of a second reader, who does not see the first one's. */
  second: Verdict;
  /** Where the two differ, or both say wrong: what came of it, in the rule or on its page. */
  settled?: string;
}

export interface Verdict {
  /** Made by a person who has read the code around it; empty until then. */
  verdict: 'right' | 'wrong' | '';
  why: string;
}

export interface JudgedPackage {
  /** How many Redis calls, constructions included, are recognised. */
  calls: number;
  findings: JudgedLine[];
}

export function judgedFile(each: CorpusPackage): string {
  return join(import.meta.dirname, 'findings', `${each.name.replace('@', '').replace('/', '__')}.json`);
}

export function readJudged(each: CorpusPackage): JudgedPackage {
  const file = judgedFile(each);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JudgedPackage) : { calls: 0, findings: [] };
}

/** One of the readers would not have raised it. */
export const isDoubted = (line: JudgedLine): boolean => line.verdict === 'wrong' || line.second.verdict === 'wrong';

/** Where a finding stands, for comparing. */
export function placeOf(line: FoundLine): string {
  return `${line.rule} ${line.severity} ${line.file}:${line.line} ${line.text}`;
}

/** Takes over the verdicts of findings that are still there, and leaves new ones to be judged. */
export function updateJudged(each: CorpusPackage, analysis: Analysis): JudgedPackage {
  const before = new Map(readJudged(each).findings.map((line) => [`${line.rule} ${line.file} ${line.text}`, line]));
  const findings = analysis.findings.map((line) => {
    const old = before.get(`${line.rule} ${line.file} ${line.text}`);
    return { ...line, verdict: old?.verdict ?? '', why: old?.why ?? '', second: old?.second ?? { verdict: '', why: '' }, ...(old?.settled === undefined ? {} : { settled: old.settled }) } satisfies JudgedLine;
  });
  const judged: JudgedPackage = { calls: analysis.calls.length, findings };
  writeFileSync(judgedFile(each), `${JSON.stringify(judged, null, 2)}\n`);
  return judged;
}
