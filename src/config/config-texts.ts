/** Texts of configuration files, each read once, and which ones somebody has looked for. */
import fs from 'node:fs';
import { readConfigFile } from './load-config.ts';

export class ConfigTexts {
  readonly #texts = new Map<string, string | undefined>();

  /** Undefined where there is no such file. */
  read(file: string): string | undefined {
    // Most are not there: asking costs less than trying to read.
    if (!this.#texts.has(file)) this.#texts.set(file, fs.statSync(file, { throwIfNoEntry: false }) ? readConfigFile(file) : undefined);
    return this.#texts.get(file);
  }

  all(): Iterable<[file: string, text: string | undefined]> {
    return this.#texts;
  }
}
