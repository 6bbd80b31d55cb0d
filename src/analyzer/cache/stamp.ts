/** How to tell without reading a file that it is as it was. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

export interface Stamp {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970, with fractions. */
  mtimeMs: number;
  /** As mtimeMs; also moves when somebody sets the other two back. */
  ctimeMs: number;
}

/** File systems round times, so a change within this long of another may leave the stamp as it is. */
const racyMs = 2_000;

/** Undefined where there is no such file. */
export function stampOf(file: string): Stamp | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat?.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs, ctimeMs: stat.ctimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** @param takenAt when the older stamp was taken, in ms since 1970; one of a file that had just changed proves nothing */
export function isUnchanged(older: Stamp | undefined, newer: Stamp | undefined, takenAt: number): boolean {
  if (!older || !newer) return older === newer;
  if (older.size !== newer.size || older.mtimeMs !== newer.mtimeMs || older.ctimeMs !== newer.ctimeMs) return false;
  return Math.max(older.mtimeMs, older.ctimeMs) < takenAt - racyMs;
}

/** 128 bits of a text; null where there is none. */
export function digestOf(text: string | undefined): string | null {
  return text === undefined ? null : createHash('sha256').update(text, 'utf8').digest('base64').slice(0, 22);
}
