/** A snapshot as text and back. Columns instead of rows, and paths relative to the root: half the size, twice as fast to read. */
import { decodeScan, encodeScan, isEncodedScan, type EncodedScan } from './encode-scan.ts';
import { isKeptCheck, type KeptCheck } from './kept-check.ts';
import { pathsUnder } from './paths-under.ts';
import type { FileEntry, Snapshot } from './snapshot.ts';

interface Encoded {
  takenAt: number;
  /** The discovered sources first, then the discovered declarations, then what else was read. */
  files: string[];
  sources: number;
  declarations: number;
  projectFiles: string[];
  /** Of the files, column by column; a size of -1: there is no such file. */
  sizes: number[];
  mtimes: number[];
  ctimes: number[];
  digests: (string | null)[];
  /** Indexes of files. */
  consulted: number[];
  configs: [string, string | null][];
  present: string[];
  absent: string[];
  listings: [string, readonly string[]][];
  check: KeptCheck;
}

/** Texts without a line break: the scans and the record apart, since most runs need none of them. Undefined where a discovered file was not read. */
export function encodeSnapshot(snapshot: Snapshot, root: string): [state: string, scans: string, record: string] | undefined {
  const { discovered, files, check } = snapshot;
  const listed = [...discovered.sources, ...discovered.declarations];
  if (!listed.every((file) => files.has(file))) return undefined;
  const { short } = pathsUnder(root);
  const all = [...new Set([...listed, ...files.keys()])];
  const entries = all.map((file) => files.get(file));
  const state: Encoded = {
    takenAt: snapshot.takenAt,
    files: all.map(short),
    sources: discovered.sources.length,
    declarations: discovered.declarations.length,
    projectFiles: discovered.projectFiles.map(short),
    sizes: entries.map((entry) => entry?.stamp?.size ?? -1),
    mtimes: entries.map((entry) => entry?.stamp?.mtimeMs ?? 0),
    ctimes: entries.map((entry) => entry?.stamp?.ctimeMs ?? 0),
    digests: entries.map((entry) => entry?.digest ?? null),
    consulted: entries.flatMap((entry, index) => (entry?.consulted ? [index] : [])),
    configs: [...snapshot.configs].map(([file, digest]) => [short(file), digest]),
    present: [...snapshot.probes].flatMap(([path, isFile]) => (isFile ? [short(path)] : [])),
    absent: [...snapshot.probes].flatMap(([path, isFile]) => (isFile ? [] : [short(path)])),
    listings: [...snapshot.listings].map(([folder, names]) => [short(folder), names]),
    check,
  };
  const scans = all.map((file) => {
    const scan = snapshot.scanOf(file);
    return scan ? encodeScan(scan) : null;
  });
  return [JSON.stringify(state), JSON.stringify(scans), snapshot.record()];
}

/** Throws where the texts are not what encodeSnapshot makes. @param scans called when the first scan is asked for */
export function decodeSnapshot(state: string, scans: () => string, record: () => string, root: string): Snapshot {
  const encoded = JSON.parse(state) as Encoded;
  const { full } = pathsUnder(root);
  const all = encoded.files.map(full);
  const columns = [encoded.sizes, encoded.mtimes, encoded.ctimes, encoded.digests];
  if (!columns.every((column) => column.length === all.length) || !isKeptCheck(encoded.check)) throw new Error('not a snapshot');
  const consulted = new Set(encoded.consulted);
  const files = new Map(all.map((file, index): [string, FileEntry] => [file, entryAt(encoded, index, consulted.has(index))]));
  let decoded: ReadonlyMap<string, EncodedScan | null> | undefined;
  return {
    takenAt: encoded.takenAt,
    discovered: {
      sources: all.slice(0, encoded.sources),
      declarations: all.slice(encoded.sources, encoded.sources + encoded.declarations),
      projectFiles: encoded.projectFiles.map(full),
    },
    configs: new Map(encoded.configs.map(([file, digest]) => [full(file), digest])),
    probes: new Map([...encoded.present.map((path): [string, boolean] => [full(path), true]), ...encoded.absent.map((path): [string, boolean] => [full(path), false])]),
    listings: new Map(encoded.listings.map(([folder, names]) => [full(folder), names])),
    files,
    scanOf: (file) => {
      decoded ??= decodeList(scans(), all);
      const scan = decoded.get(file);
      return scan ? decodeScan(scan) : undefined;
    },
    check: encoded.check,
    record,
  };
}

/** Nothing for a file whose scan is not there: it is read again. */
function decodeList(text: string, files: readonly string[]): ReadonlyMap<string, EncodedScan | null> {
  try {
    const list = JSON.parse(text) as unknown;
    return Array.isArray(list) && list.length === files.length ? new Map(files.map((file, index) => [file, isEncodedScan(list[index]) ? list[index] : null])) : new Map();
  } catch {
    return new Map();
  }
}

function entryAt({ sizes, mtimes, ctimes, digests }: Encoded, index: number, consulted: boolean): FileEntry {
  const size = sizes[index] ?? -1;
  return {
    stamp: size < 0 ? undefined : { size, mtimeMs: mtimes[index] ?? 0, ctimeMs: ctimes[index] ?? 0 },
    digest: digests[index] ?? null,
    consulted,
  };
}
