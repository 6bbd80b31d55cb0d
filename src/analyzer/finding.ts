/**
 * What the analyzer says: plain data, no syntax trees, no vscode.
 * Offsets are UTF-16 code units into the text that was analysed; files are absolute paths with `/`.
 */
import type { Severity } from '../config/severity.ts';
import type { RuleId } from './rules/index.ts';

export type { RuleId };

/** As LSP names them. The default of a rule is in its `meta`; the configuration may change it. */
export type { Severity };

export interface TextRange {
  start: number;
  end: number;
}

export interface Place extends TextRange {
  file: string;
}

export interface RelatedPlace extends Place {
  message: string;
}

/**
 * `safe`: same replies where used, same keyspace, same flow of the program; in fix-all.
 * `suggest`: anything else, so a person accepts each one. `scaffold`: also creates a file.
 */
export type FixKind = 'safe' | 'suggest' | 'scaffold';

/** What a fix promises; its proof by execution (test/fixes) checks exactly that. */
export interface FixKeeps {
  replies: 'same' | 'same-as-set';
  /** `projected`: the same after a named projection, as for string → hash. */
  keyspace: 'same' | 'projected';
  /**
   * `longest-call-shorter`: more round trips, but the longest single call is shorter, as for KEYS → SCAN. `same-commands`: the program now
   * waits for what it sent without waiting. `one-more`: for each run of the code at most one more, which makes the others right.
   */
  roundTrips: 'fewer' | 'same' | 'same-commands' | 'one-more' | 'longest-call-shorter';
}

/** One replacement in one file. `sha256` (hex) is that of the text the offsets were computed on; for `create` there is none. */
export interface FileEdit extends Place {
  text: string;
  sha256?: string;
  /** The file does not exist and is made with `text`; `start` and `end` are 0. */
  create?: true;
}

export interface Fix {
  /** Stable within a rule, e.g. `scan-loop`, `pipeline`; the editor and the command line select by it. */
  id: string;
  title: string;
  kind: FixKind;
  keeps: FixKeeps;
  /** Never overlapping; may span several files. */
  edits: FileEdit[];
  /** Scopes that it brings names into: two fixes of one scope do not go together, though no edits meet. */
  claims?: Place[];
}

export interface Finding extends Place {
  /** `unused-suppression` is no rule of the catalogue: a `keyscope-disable` comment that suppresses nothing (suppressions.ts). */
  rule: RuleId | 'unused-suppression';
  severity: Severity;
  message: string;
  related: RelatedPlace[];
}
