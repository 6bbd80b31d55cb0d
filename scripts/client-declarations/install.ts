import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Spec } from './common.ts';

const root = resolve(__dirname, '../..');

/** Where the generated files lie. */
export const declarationFolder = join(root, 'src/analyzer/dialects/declarations');

const cache = join(root, '.cache/client-packages');

/** Installs a spec's packages once; the folder's package.json says which versions are there. */
export function install(spec: Spec): string {
  const folder = join(cache, spec.name);
  const manifest = join(folder, 'package.json');
  const wanted = JSON.stringify({ private: true, description: spec.packages.join(' ') });
  if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes(JSON.stringify(spec.packages.join(' ')))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, wanted);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...spec.packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}
