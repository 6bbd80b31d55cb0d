/**
 * The first step of `npm start` and `npm test` on a fresh clone: plain Node, no dependency.
 * Checks Node, installs the packages where they are missing or not those of package-lock.json, and runs a TypeScript script
 * in this same process (so that Ctrl-C reaches it): `node scripts/bootstrap.mjs <script.ts> [arguments…]`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LOWEST_NODE = 20;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** @returns {string | undefined} why the packages have to be installed */
function whyInstall() {
  if (!existsSync(join(root, 'node_modules'))) return 'node_modules is missing';
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return 'node_modules is incomplete';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional ones are those of other platforms, as a rule.
    if (path === '' || entry.optional || entry.devOptional || entry.link) continue;
    if (present[path]?.version !== entry.version) return `${path} is not ${entry.version}, as package-lock.json says`;
  }
  return undefined;
}

function install(why) {
  console.log(`Installing the packages with npm ci (${why}) …`);
  const options = ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const run = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('npm ci failed: see above. Check the network and the registry (npm config get registry), then run the same command again.');
    process.exit(run.status ?? 1);
  }
}

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node scripts/bootstrap.mjs <script.ts> [arguments…]');
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) < LOWEST_NODE) {
  console.error(`Keyscope needs Node ${LOWEST_NODE} or newer, and this is ${process.versions.node}. Install it from https://nodejs.org/ or by your version manager.`);
  process.exit(1);
}
const why = whyInstall();
if (why !== undefined) install(why);

const file = resolve(root, script);
process.argv = [process.execPath, file, ...rest];
// Both loaders: package.json has no "type", so the scripts are CommonJS to Node, whatever imports they hold.
(await import('tsx/cjs/api')).register();
(await import('tsx/esm/api')).register();
await import(pathToFileURL(file).href);
