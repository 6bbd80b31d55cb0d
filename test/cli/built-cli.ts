/** The command line as a process of its own: the bundle where it is newer than the sources (as in `npm test`), else the sources by tsx. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');

/** Arguments for Node: what comes before those of the command line. */
export function cliArguments(): string[] {
  const bundle = path.join(repository, 'dist/cli.js');
  if (existsSync(bundle) && statSync(bundle).mtimeMs > newest(path.join(repository, 'src'))) return [bundle];
  return ['--import', 'tsx', path.join(repository, 'src/cli/main.ts')];
}

function newest(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
