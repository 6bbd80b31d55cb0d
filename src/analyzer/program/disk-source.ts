import { readFileSync } from 'node:fs';
import type { FileSource } from '../analyzer.ts';

/** Reads UTF-8 from the disk; `undefined` where there is no readable file. A byte order mark is left to the parser. */
export const diskSource: FileSource = {
  read(file) {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};
