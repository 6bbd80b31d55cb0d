/**
 * The analyzer's front door, for the command line and the language server alike.
 * `text → focused program → facts → rules → findings → (on demand) edits`
 */
import type { Config } from '../config/config.ts';
import type { Finding, Fix } from './finding.ts';
import type { CheckRecord, EarlierCheck } from './check-record.ts';
import type { MakeProgram } from './program/lazy-program.ts';
import type { Trace } from './program/trace.ts';

/** Where texts come from: the disk with unsaved texts laid over it. All paths absolute, with `/`. */
export interface FileSource {
  read(file: string): string | undefined;
}

export interface AnalyzerOptions {
  /** The folder that is analysed (a workspace folder, or --cwd). */
  root: string;
  /** Configuration by file: the nearest keyscope.config.json wins. */
  configFor(file: string): Config;
  /** Makes a program of all files in place of the focused one, and every file counts: far slower, and what the focused program is held against in tests. */
  whole?: MakeProgram;
  /** For a single check whose outcome is kept. */
  trace?: Trace;
  /** What an earlier check of the same root found, of which this one keeps what still holds. */
  earlier?: EarlierCheck;
}

export interface CheckOptions {
  /** Absolute files or folders to report on; default the root. The whole root is the context in any case. */
  paths?: readonly string[];
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
  /** Before the check, while commands are collected from the files that may hold some; not between every two, and without a turn of the event loop. */
  onLoad?(done: number, total: number): void;
  /** Findings in test files and one-off script folders keep their severity instead of `hint`. */
  includeTests?: boolean;
}

export interface Stats {
  /** Source files under the root. */
  files: number;
  /** Files that may hold a client. */
  candidates: number;
  programFiles: number;
  calls: number;
  ms: number;
  peakRssMb: number;
  /** Files under the paths that may hold a Redis call and do not parse, the first error of each; absent where there is none. Findings in them may be missing. */
  syntaxErrors?: SyntaxProblem[];
}

export interface SyntaxProblem {
  file: string;
  start: number;
  message: string;
}

export interface CheckResult {
  findings: Finding[];
  stats: Stats;
}

/** One line of `keyscope calls`; places as in Finding. */
export interface CallRecord {
  file: string;
  /** Offset of the method's name. */
  start: number;
  command: string;
  dialect: string;
  major: number;
  receiver: string;
  client: string;
  db: number | null;
  prefix: string | null;
  confidence: string;
  keyPattern: string | null;
}

export interface Analyzer {
  /** Lays an unsaved text over the disk; `undefined` takes it away. */
  setText(file: string, text: string | undefined): void;
  /** Files that were changed, made or removed on disk, folders and configuration files included. */
  filesChanged(files: readonly string[]): void;
  /** The current text of a file as the analyzer sees it. */
  text(file: string): string | undefined;
  /** The whole root (or `paths`); yields to the event loop between files. Rejects with an AbortError when cancelled. */
  check(options?: CheckOptions): Promise<CheckResult>;
  /** One file at once, as you type: its findings from its own facts and what is known of the workspace. */
  checkFile(file: string, options?: { includeTests?: boolean }): Finding[];
  /** The fixes of a finding of the last check of its file, computed now against the current text; [] where none is right. */
  fixes(finding: Finding): Fix[];
  /** Every Redis call under the paths, constructions as `@construct`, in file and source order. */
  calls(options?: CheckOptions): Promise<{ calls: CallRecord[]; stats: Stats }>;
}

export interface RecordingAnalyzer extends Analyzer {
  /** What the last check was made of, and the fixes planned since, for a later one; undefined without a `trace`, or where nothing can be kept. */
  record(): CheckRecord | undefined;
}
