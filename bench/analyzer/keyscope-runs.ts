/**
 * `keyscope check` from cold to warm, each run a process of its own. What it keeps lies in a folder of the round's own:
 * empty for the very first run on a machine, else with what a run elsewhere has left there (V8's code of the compiler) and nothing of the tree.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { measure, type Measured } from './measure.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');

export type KeyscopeRun = 'very first' | 'cold' | 'unchanged' | 'changed plain' | 'changed redis';

/** What is changed before a warm run: a file with no tie to Redis, and one that sends commands. */
export interface Changeable {
  plain: string;
  redis: string;
}

/** A function more, in TypeScript and JavaScript alike. */
const addition = "function revision() {\n  return [1, 0].join('.');\n}\n";

export class KeyscopeRuns {
  readonly #folder: string;
  /** A cache folder as a run on another project leaves it. */
  readonly #elsewhere: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#elsewhere = join(folder, 'elsewhere');
  }

  /** @param folder for caches and for a project of one file */
  static async in(folder: string): Promise<KeyscopeRuns> {
    rmSync(folder, { recursive: true, force: true });
    const tiny = join(folder, 'tiny');
    mkdirSync(tiny, { recursive: true });
    writeFileSync(join(tiny, 'package.json'), '{ "name": "tiny", "dependencies": { "ioredis": "^5.0.0" } }\n');
    writeFileSync(join(tiny, 'index.ts'), "import { Redis } from 'ioredis';\n\nexport const all = (): Promise<string[]> => new Redis().keys('*');\n");
    const runs = new KeyscopeRuns(folder);
    await runs.#check(tiny, runs.#elsewhere);
    return runs;
  }

  /** One round, from the very first run to the warm ones, in that order; `onRun` is awaited after each. Changed files are put back. */
  async round(root: string, changeable: Changeable, onRun: (run: KeyscopeRun, measured: Measured) => Promise<void>): Promise<void> {
    const first = mkdtempSync(join(this.#folder, 'cache-'));
    await onRun('very first', await this.#check(root, first));
    const cache = mkdtempSync(join(this.#folder, 'cache-'));
    cpSync(this.#elsewhere, cache, { recursive: true });
    await onRun('cold', await this.#check(root, cache));
    await onRun('unchanged', await this.#check(root, cache));
    const changes: [KeyscopeRun, string][] = [
      ['changed plain', changeable.plain],
      ['changed redis', changeable.redis],
    ];
    for (const [run, file] of changes) {
      const before = readFileSync(file, 'utf8');
      try {
        writeFileSync(file, `${before}\n${addition}`);
        await onRun(run, await this.#check(root, cache));
      } finally {
        writeFileSync(file, before);
      }
    }
    for (const used of [first, cache]) rmSync(used, { recursive: true, force: true });
  }

  /** @throws Error where it did not end with findings or without */
  async #check(root: string, cache: string): Promise<Measured> {
    const measured = await measure([process.execPath, cli, 'check', '--format', 'json'], root, { KEYSCOPE_CACHE: cache });
    if (measured.code !== 0 && measured.code !== 1) throw new Error(`keyscope check ended with ${measured.code}:\n${measured.output}`);
    return measured;
  }
}
