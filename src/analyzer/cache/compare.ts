/**
 * What an earlier check is worth now. Its outcome stands where everything it took from the disk is as it was, or says the same as far as
 * it was asked: of most files that is their imports alone. In doubt it does not stand.
 */
import { diskSource } from '../program/disk-source.ts';
import type { DiscoveredFiles } from '../program/discover-files.ts';
import { scanText, type ScanData } from '../program/file-scan.ts';
import { isSameScan } from './encode-scan.ts';
import { tsconfigsIn } from '../program/tsconfigs.ts';
import type { FileEntry, Snapshot } from './snapshot.ts';
import { digestOf, isUnchanged, stampOf } from './stamp.ts';

export interface Comparison {
  /** Whether the outcome is that of today. */
  stands: boolean;
  /** The files whose outcome stands: as they were, or with a new text that says the same. With their present stamps. */
  files: Map<string, FileEntry>;
  scanOf(file: string): ScanData | undefined;
  /** The files whose outcome does not stand, where those are sources of today and nothing else has changed. */
  changed: Set<string> | undefined;
  /** Whether `files` differ from those of the snapshot. */
  isNews: boolean;
}

/** @param discovered the files of today @param configOf the text of a configuration file today; undefined where there is none */
export function compare(before: Snapshot, discovered: DiscoveredFiles, configOf: (file: string) => string | undefined): Comparison {
  const files = new Map<string, FileEntry>();
  const rescanned = new Map<string, ScanData>();
  const changed = new Set<string>();
  const isSame = hasSameSurroundings(before, discovered, configOf);
  const sources = new Set([...discovered.sources, ...discovered.declarations]);
  let isMore = !isSame;
  let isNews = false;
  for (const [file, entry] of before.files) {
    const stamp = stampOf(file);
    if (isUnchanged(entry.stamp, stamp, before.takenAt)) {
      files.set(file, entry);
      continue;
    }
    isNews = true;
    const text = diskSource.read(file);
    const digest = digestOf(text);
    if (digest === entry.digest) {
      files.set(file, { ...entry, stamp });
      continue;
    }
    const old = text === undefined || entry.consulted ? undefined : before.scanOf(file);
    const scan = old && text !== undefined ? scanText(file, text, old) : undefined;
    if (old && scan && isSameScan(old, scan)) {
      files.set(file, { ...entry, stamp, digest });
      rescanned.set(file, scan);
    } else {
      changed.add(file);
      isMore ||= text === undefined || !sources.has(file);
    }
  }
  return { stands: isSame && changed.size === 0, changed: isMore ? undefined : changed, files, scanOf: (file) => rescanned.get(file) ?? before.scanOf(file), isNews };
}

function hasSameSurroundings(before: Snapshot, discovered: DiscoveredFiles, configOf: (file: string) => string | undefined): boolean {
  return (
    isSameList(before.discovered.sources, discovered.sources) &&
    isSameList(before.discovered.declarations, discovered.declarations) &&
    isSameList(before.discovered.projectFiles, discovered.projectFiles) &&
    [...before.configs].every(([file, digest]) => digestOf(configOf(file)) === digest) &&
    [...before.probes].every(([path, isFile]) => (stampOf(path) !== undefined) === isFile) &&
    [...before.listings].every(([folder, names]) => isSameList(names, tsconfigsIn(folder)))
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
