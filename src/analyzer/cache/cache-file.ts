/**
 * One file of a cache folder: a header that says for what it is, and texts. It is used only when its checksum holds and its header is the
 * one expected, so one that is cut off, damaged or another's counts as none. Nothing here throws: without a cache everything works, more slowly.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const prefix = 'analysis-';
const checksumBytes = 32;
/** Of one file; a larger one is neither written nor read. */
export const largestBytes = 32 << 20;
/** Of all files of the folder together; those not used for longest are removed. */
export const folderBytes = 64 << 20;
/** Nobody takes that long to write one. */
const abandonedMs = 3_600_000;

export class CacheFile {
  readonly #folder: string;
  readonly #header: string;
  readonly #file: string;

  /** @param place for which there is one file @param maker with another one, what is there is of no use and is replaced */
  constructor(folder: string, place: unknown, maker: unknown) {
    this.#folder = folder;
    this.#header = JSON.stringify({ place, maker });
    this.#file = join(folder, `${prefix}${createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 32)}.cache`);
  }

  /** Each a function that decodes one of the texts; undefined where there is nothing of use. */
  read(): (() => string)[] | undefined {
    try {
      if (statSync(this.#file).size > largestBytes) return undefined;
      const bytes = readFileSync(this.#file);
      const data = bytes.subarray(checksumBytes);
      if (!bytes.subarray(0, checksumBytes).equals(checksum(data))) return undefined;
      const [header, ...texts] = lines(data);
      return header?.() === this.#header ? texts : undefined;
    } catch {
      return undefined;
    }
  }

  /** So that it is not taken for one that nobody uses. */
  touch(): void {
    try {
      const now = new Date();
      utimesSync(this.#file, now, now);
    } catch {
      // Somebody has removed it, or it is not ours to change.
    }
  }

  /** Other processes see the whole file or none. @param texts without line breaks */
  write(texts: readonly string[]): void {
    try {
      const data = Buffer.from([this.#header, ...texts].join('\n'), 'utf8');
      if (data.length + checksumBytes > largestBytes) return;
      mkdirSync(this.#folder, { recursive: true });
      const unfinished = `${this.#file}.${process.pid}-${randomUUID()}.tmp`;
      try {
        // Names of files and keys are nobody else's business.
        writeFileSync(unfinished, Buffer.concat([checksum(data), data]), { mode: 0o600 });
        renameSync(unfinished, this.#file);
      } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
      }
      this.#makeRoom();
    } catch {
      // A folder that cannot be written to, or a full disk.
    }
  }

  #makeRoom(): void {
    const now = Date.now();
    const found = readdirSync(this.#folder).flatMap((name) => {
      const file = join(this.#folder, name);
      const stat = name.startsWith(prefix) ? statSync(file, { throwIfNoEntry: false }) : undefined;
      return stat ? [{ file, bytes: stat.size, usedMs: stat.mtimeMs }] : [];
    });
    let total = 0;
    for (const { file, bytes, usedMs } of found.sort((a, b) => b.usedMs - a.usedMs)) {
      const isAbandoned = file.endsWith('.tmp') && usedMs < now - abandonedMs;
      if (!isAbandoned) total += bytes;
      if (isAbandoned || (total > folderBytes && file !== this.#file)) rmSync(file, { force: true });
    }
  }
}

function lines(data: Buffer): (() => string)[] {
  const found: (() => string)[] = [];
  for (let from = 0; from <= data.length; ) {
    const at = data.indexOf(0x0a, from);
    const line = data.subarray(from, at < 0 ? data.length : at);
    found.push(() => line.toString('utf8'));
    from = at < 0 ? data.length + 1 : at + 1;
  }
  return found;
}

const checksum = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
