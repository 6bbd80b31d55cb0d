/** Notes what an analysis takes from the disk, and answers from an earlier one for files that have not changed. */
import type { FileSource } from '../analyzer.ts';
import type { DiscoveredFiles } from '../program/discover-files.ts';
import type { ScanData } from '../program/file-scan.ts';
import type { Trace } from '../program/trace.ts';
import type { FileEntry } from './snapshot.ts';
import { digestOf, stampOf } from './stamp.ts';

/** Files that are as they were, and what was read off them then. */
export interface Unchanged {
  files: ReadonlyMap<string, FileEntry>;
  scanOf(file: string): ScanData | undefined;
}

export class Recorder implements Trace {
  readonly discovered: DiscoveredFiles;
  readonly #unchanged: Unchanged;
  readonly #files = new Map<string, Omit<FileEntry, 'consulted'>>();
  readonly #scans = new Map<string, ScanData>();
  readonly #consulted = new Set<string>();
  readonly #probes = new Map<string, boolean>();
  readonly #listings = new Map<string, readonly string[]>();
  #isTorn = false;

  constructor(discovered: DiscoveredFiles, unchanged: Unchanged) {
    this.discovered = discovered;
    this.#unchanged = unchanged;
  }

  scan(file: string): ScanData | undefined {
    const known = this.#scans.get(file);
    if (known) return known;
    const entry = this.#unchanged.files.get(file);
    const scan = entry && this.#unchanged.scanOf(file);
    if (!entry || !scan) return undefined;
    if (!this.#files.has(file)) this.#files.set(file, entry);
    this.#scans.set(file, scan);
    return scan;
  }

  scanned(file: string, data: ScanData): void {
    this.#scans.set(file, data);
  }

  consulted(file: string): void {
    this.#consulted.add(file);
  }

  probed(path: string, isFile: boolean): void {
    this.#probes.set(path, isFile);
  }

  listed(folder: string, names: readonly string[]): void {
    this.#listings.set(folder, names);
  }

  /** A source whose reads are noted. */
  reading(source: FileSource): FileSource {
    return {
      read: (file) => {
        // Before the text: of a file that changes in between, the stamp is then the older one, and the next run looks again.
        const stamp = stampOf(file);
        const text = source.read(file);
        const digest = digestOf(text);
        const known = this.#files.get(file);
        if (known && known.digest !== digest) this.#isTorn = true;
        this.#files.set(file, { stamp, digest });
        return text;
      },
    };
  }

  /** Undefined where a file changed while the analysis ran, so that what it took does not go together. */
  recorded(): { files: Map<string, FileEntry>; scanOf(file: string): ScanData | undefined; probes: ReadonlyMap<string, boolean>; listings: ReadonlyMap<string, readonly string[]> } | undefined {
    if (this.#isTorn) return undefined;
    const files = new Map([...this.#files].map(([file, { stamp, digest }]): [string, FileEntry] => [file, { stamp, digest, consulted: this.#consulted.has(file) }]));
    return { files, scanOf: (file) => this.#scans.get(file), probes: this.#probes, listings: this.#listings };
  }
}
