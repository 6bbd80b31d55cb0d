/** What a check was made of, file by file: plain data by which a later check tells which of its findings still hold (renewal.ts). */
import type { SyntaxProblem } from './analyzer.ts';
import type { Finding } from './finding.ts';
import type { EarlierProgram, ProgramRecord } from './program/program-record.ts';
import type { Trail } from './workspace/trail.ts';

export interface CheckRecord {
  program: ProgramRecord;
  /** Of the files that may hold a client. */
  files: ReadonlyMap<string, FileRecord>;
  /** What was looked at for the findings and fixes of each file that rules were asked about. */
  looks: ReadonlyMap<string, Trail>;
}

export interface FileRecord {
  calls: number;
  /** Names of units that send commands. */
  senders: readonly string[];
  /** Names of units found to lead to those, and what was looked at for them. */
  leads: readonly string[];
  seek: Trail;
  /** What it adds to each join that somebody asked for, by the join's name. */
  parts: ReadonlyMap<string, PartRecord>;
}

export interface PartRecord {
  /** As `stableKey` gives them. */
  keys: readonly string[];
  trail: Trail;
}

export interface EarlierCheck extends EarlierProgram {
  record: CheckRecord;
  /** Those of a file, as they were reported. */
  findings(file: string): readonly Finding[];
  syntaxErrors: readonly SyntaxProblem[];
}
