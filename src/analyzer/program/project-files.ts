/**
 * The files of one root as the analyzer sees them: the disk, with unsaved texts laid over it.
 * Everything read is kept until `changed` says otherwise, so that asking twice costs nothing.
 */
import { statSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { parse as parseJsonc } from 'jsonc-parser';
import type { FileSource } from '../analyzer.ts';
import { diskSource } from './disk-source.ts';
import { FileScan, scanText, type ScanData } from './file-scan.ts';
import type { Trace } from './trace.ts';
import { tsconfigsIn } from './tsconfigs.ts';

export class ProjectFiles {
  readonly #source: FileSource;
  readonly #unsaved = new Map<string, string>();
  readonly #texts = new Map<string, string | undefined>();
  readonly #exists = new Map<string, boolean>();
  #listed: ReadonlySet<string> = new Set();
  readonly #json = new Map<string, unknown>();
  readonly #scans = new Map<string, { text: string | undefined; scan: FileScan }>();
  readonly #trace: Trace | undefined;

  constructor(source: FileSource = diskSource, trace?: Trace) {
    this.#source = source;
    this.#trace = trace;
  }

  read(file: string): string | undefined {
    this.#trace?.consulted(file);
    return this.#text(file);
  }

  /** What a file's text says without being parsed, the same object for the same text; undefined where there is no such file. */
  scan(file: string): FileScan | undefined {
    const known = this.#scans.get(file);
    const earlier = this.#trace?.scan(file);
    if (earlier) {
      if (known) return known.scan;
      const scan = new FileScan(file, earlier, () => this.#text(file) ?? '', () => this.#trace?.consulted(file));
      this.#scans.set(file, { text: undefined, scan });
      return scan;
    }
    const text = this.#text(file);
    if (text === undefined) return undefined;
    if (known?.text === text) return known.scan;
    const scan = new FileScan(file, this.#traced(file, text), () => text, () => this.#trace?.consulted(file));
    this.#scans.set(file, { text, scan });
    return scan;
  }

  /** What is kept of a scan is whole from the start. */
  #traced(file: string, text: string): Partial<ScanData> {
    if (!this.#trace) return {};
    const data = scanText(file, text);
    this.#trace.scanned(file, data);
    return data;
  }

  /** Names of the tsconfig and jsconfig files of a folder. */
  tsconfigsIn(folder: string): string[] {
    const names = tsconfigsIn(folder);
    this.#trace?.listed(folder, names);
    return names;
  }

  #text(file: string): string | undefined {
    const unsaved = this.#unsaved.get(file);
    if (unsaved !== undefined) return unsaved;
    if (!this.#texts.has(file)) this.#texts.set(file, this.#source.read(file));
    return this.#texts.get(file);
  }

  /** Files that are known to be there, since somebody has just listed their folders. */
  setListed(files: Iterable<string>): void {
    this.#listed = new Set(files);
  }

  exists(file: string): boolean {
    if (this.#listed.has(file) || this.#unsaved.has(file) || this.#texts.get(file) !== undefined) return true;
    let known = this.#exists.get(file);
    if (known === undefined) {
      known = isFile(file);
      this.#exists.set(file, known);
      this.#trace?.probed(file, known);
    }
    return known;
  }

  /** A JSON file with comments and trailing commas; `undefined` where it is missing or not an object. */
  json(file: string): Record<string, unknown> | undefined {
    if (!this.#json.has(file)) {
      const text = this.exists(file) ? this.read(file) : undefined;
      const value: unknown = text === undefined ? undefined : parseJsonc(text, [], { allowTrailingComma: true });
      this.#json.set(file, typeof value === 'object' && value !== null ? value : undefined);
    }
    return this.#json.get(file) as Record<string, unknown> | undefined;
  }

  setUnsaved(file: string, text: string | undefined): void {
    if (text === undefined) this.#unsaved.delete(file);
    else this.#unsaved.set(file, text);
    this.#json.delete(file);
  }

  unsaved(): Iterable<string> {
    return this.#unsaved.keys();
  }

  /** Forgets what was read of these files. */
  changed(files: readonly string[]): void {
    this.#listed = new Set();
    for (const file of files) {
      this.#texts.delete(file);
      this.#exists.delete(file);
      this.#json.delete(file);
    }
  }
}

/** Below a file there is nothing, whatever the path says; nor where we may not look. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** The folders from that of a file up to the file system's root, nearest first. */
export function* foldersUp(file: string): Iterable<string> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}
