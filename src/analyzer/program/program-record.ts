/** What one check found out about which files matter, as plain data by which a later one can tell that it still holds. */
import { createHash } from 'node:crypto';
import type { CarriersRecord } from './carriers.ts';
import type { Focus } from './focus.ts';

export interface ProgramRecord {
  /** Of who imports what (`graphDigest`). */
  graph: string;
  carriers: CarriersRecord;
}

/** What an earlier check found out, and how the files of today differ from those that it saw. */
export interface EarlierProgram {
  program: ProgramRecord;
  /** The files of which more than the time has changed. None was added or removed. */
  changed: ReadonlySet<string>;
  /** Whether a changed file imports and exports, by name, what it did. */
  isSameScan(file: string): boolean;
}

/** Equal where each file's imports lead where they did. */
export function graphDigest({ imports, importers, distance, ambient }: Focus): string {
  const hash = createHash('sha256');
  for (const [file, { files, clients, named }] of imports) hash.update(JSON.stringify([file, [...files], [...clients], named, distance.get(file), importers.get(file)]));
  return hash.update(JSON.stringify(ambient)).digest('base64');
}

/** Some files, and all whose imports lead to them, directly or not: nothing that the checker says about any other depends on their texts. */
export function dependentsOf(files: Iterable<string>, { imports }: Focus): Set<string> {
  const importers = new Map<string, string[]>();
  for (const [file, one] of imports) {
    for (const target of one.files.values()) {
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  const all = new Set(files);
  for (const file of all) for (const importer of importers.get(file) ?? []) all.add(importer);
  return all;
}
