/** Notes what an analysis takes from the disk, and answers from an earlier one for files that have not changed. */
import type { FileSource } from '../analyzer.ts';
import type { DiscoveredFiles } from '../program/discover-files.ts';
import { scanText, type ScanData } from '../program/file-scan.ts';
import type { Trace } from '../program/trace.ts';
import { isSameScan } from './encode-scan.ts';
import type { FileEntry, Snapshot } from './snapshot.ts';
import { digestOf, stampOf } from './stamp.ts';

/** Files that are as they were, and what was read off them then. */
export interface Unchanged {
  files: ReadonlyMap<string, FileEntry>;
  scanOf(file: string): ScanData | undefined;
}

/** What an analysis took from the disk. */
export type Recorded = Pick<Snapshot, 'files' | 'scanOf' | 'probes' | 'listings'>;

export class Recorder implements Trace {
  readonly discovered: DiscoveredFiles;
  readonly #unchanged: Unchanged;
  readonly #files = new Map<string, Omit<FileEntry, 'consulted'>>();
  readonly #scans = new Map<string, ScanData>();
  readonly #texts = new Map<string, string>();
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
        if (text !== undefined && !this.#unchanged.files.has(file)) this.#texts.set(file, text);
        return text;
      },
    };
  }

  /** Whether a file that has changed, and was read, says what it said as far as anybody asked then. */
  isSameScan(file: string): boolean {
    const [text, old] = [this.#texts.get(file), this.#unchanged.scanOf(file)];
    return text !== undefined && old !== undefined && isSameScan(old, scanText(file, text, old));
  }

  /** @param before an analysis of which parts may have been taken over; all that it took counts too. Undefined where a file changed while the analysis ran, so that what it took does not go together. */
  recorded(before?: Recorded): Recorded | undefined {
    if (this.#isTorn) return undefined;
    const isConsulted = (file: string): boolean => this.#consulted.has(file) || before?.files.get(file)?.consulted === true;
    const files = new Map(before && this.#unchanged.files);
    for (const [file, { stamp, digest }] of this.#files) files.set(file, { stamp, digest, consulted: isConsulted(file) });
    return {
      files,
      scanOf: (file) => this.#scans.get(file),
      probes: new Map([...(before?.probes ?? []), ...this.#probes]),
      listings: new Map([...(before?.listings ?? []), ...this.#listings]),
    };
  }
}
