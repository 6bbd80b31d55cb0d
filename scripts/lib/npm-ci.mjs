/** `npm ci` where it is needed, in plain Node: the first step of a fresh clone has no dependency yet. Types are in npm-ci.d.mts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Why the packages of `folder` have to be installed, or undefined when they are those of its package-lock.json. */
export function whyInstall(folder) {
  if (!existsSync(join(folder, 'node_modules'))) return 'node_modules is missing';
  const hidden = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return 'node_modules is incomplete';
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional ones are those of other platforms, as a rule.
    if (path === '' || entry.optional || entry.devOptional || entry.link) continue;
    if (present[path]?.version !== entry.version) return `${path} is not ${entry.version}, as package-lock.json says`;
  }
  return undefined;
}

/** Installs the packages of `folder`, with npm's own output; throws when that fails. */
export function npmCi(folder) {
  const options = ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const run = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: folder, stdio: 'inherit' })
    : spawnSync('npm', options, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) {
    throw new Error('npm ci failed: see above. Check the network and the registry (npm config get registry), then run the same command again.');
  }
}
