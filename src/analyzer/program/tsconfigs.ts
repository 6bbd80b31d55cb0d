import { readdirSync } from 'node:fs';

const configName = /^(?:tsconfig|jsconfig)(?:\..+)?\.json$/;

/** Names of the tsconfig and jsconfig files of a folder, sorted; none where it cannot be read. */
export function tsconfigsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => configName.test(name))
      .sort();
  } catch {
    return [];
  }
}
