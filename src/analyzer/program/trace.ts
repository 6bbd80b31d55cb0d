/**
 * What an analysis takes from the disk, told as it goes, and what an earlier one took: for a cache (../cache/).
 * A trace belongs to one run, during which nobody says that a file has changed. Paths are absolute, with `/`.
 */
import type { DiscoveredFiles } from './discover-files.ts';
import type { ScanData } from './file-scan.ts';

export interface Trace {
  /** The files under the root, which somebody has just listed. */
  readonly discovered: DiscoveredFiles;
  /** What was read off a file that is as it was then; undefined where it has to be read. */
  scan(file: string): ScanData | undefined;
  /** A file's text was scanned. */
  scanned(file: string, data: ScanData): void;
  /** The outcome depends on a file's whole text, not on its scan alone. */
  consulted(file: string): void;
  /** Somebody asked whether there is such a file. */
  probed(path: string, isFile: boolean): void;
  /** Somebody asked which tsconfig and jsconfig files are in a folder. */
  listed(folder: string, names: readonly string[]): void;
}
