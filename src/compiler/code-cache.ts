/**
 * V8's compiled code of a script, kept from one process to the next: TypeScript's compiler takes a fifth of a second to be read by V8,
 * and its functions as long again when they are first run.
 * A cache is used only when its own checksum holds (V8 does not verify one); V8 itself refuses another version's.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const checksumBytes = 32;

/** One file per script, V8 and processor; what is there under the prefix for others is removed when it is written. */
export class CodeCache {
  readonly #folder: string;
  readonly #prefix: string;
  readonly #file: string;

  /** @param name of the script @param identity of its text: its size and the like */
  constructor(folder: string, name: string, identity: string) {
    this.#folder = folder;
    this.#prefix = `${name}-${process.arch}-`;
    const key = createHash('sha256').update(`${identity} ${process.versions.v8} ${process.execArgv.join(' ')}`).digest('hex').slice(0, 16);
    this.#file = `${this.#prefix}${key}.bin`;
  }

  /** Undefined where there is none, or where it is not what was written. */
  read(): Buffer | undefined {
    try {
      const bytes = readFileSync(join(this.#folder, this.#file));
      const data = bytes.subarray(checksumBytes);
      return bytes.subarray(0, checksumBytes).equals(checksum(data)) ? data : undefined;
    } catch {
      return undefined;
    }
  }

  /** Never throws: without a cache everything works, more slowly. Other processes see the whole file or none. */
  write(data: Buffer): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const unfinished = join(this.#folder, `${this.#file}.${process.pid}`);
      writeFileSync(unfinished, Buffer.concat([checksum(data), data]));
      renameSync(unfinished, join(this.#folder, this.#file));
      for (const other of readdirSync(this.#folder)) if (other.startsWith(this.#prefix) && other.endsWith('.bin') && other !== this.#file) rmSync(join(this.#folder, other), { force: true });
    } catch {
      // A folder that cannot be written to.
    }
  }
}

const checksum = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
