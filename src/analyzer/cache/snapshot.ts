/** All that the outcome of a check depends on, and the outcome: plain data. Paths are absolute, with `/`. */
import type { DiscoveredFiles } from '../program/discover-files.ts';
import type { ScanData } from '../program/file-scan.ts';
import type { KeptCheck } from './kept-check.ts';
import type { Stamp } from './stamp.ts';

export interface Snapshot extends Surroundings {
  /** When the first stamp was taken, in ms since 1970. */
  takenAt: number;
  files: ReadonlyMap<string, FileEntry>;
  /** What was read off a file's text; undefined where it was not scanned. Read only when somebody asks. */
  scanOf(file: string): ScanData | undefined;
  check: KeptCheck;
  /** What the check was made of (`encodeRecord`); empty where nothing is known of that. */
  record(): string;
}

/** What decides which files there are and where imports lead, apart from texts. */
export interface Surroundings {
  discovered: DiscoveredFiles;
  /** Configuration files that were looked for → digest of the text; null where there is none. */
  configs: ReadonlyMap<string, string | null>;
  /** Paths asked about on the disk → whether there is a file. */
  probes: ReadonlyMap<string, boolean>;
  /** Folder → names of tsconfig and jsconfig files. */
  listings: ReadonlyMap<string, readonly string[]>;
}

export interface FileEntry {
  /** Taken before the text was read; undefined where there is no such file. */
  stamp: Stamp | undefined;
  /** Of the text that was analysed; null where there is none. */
  digest: string | null;
  /** Whether the outcome depends on the whole text, and not on its scan alone. */
  consulted: boolean;
}
