/**
 * The first step of `npm start` and `npm test` on a fresh clone: plain Node, no dependency.
 * Checks Node, installs the packages where they are missing or not those of package-lock.json, and runs a TypeScript script
 * in this same process (so that Ctrl-C reaches it): `node scripts/bootstrap.mjs <script.ts> [arguments…]`.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { npmCi, whyInstall } from './lib/npm-ci.mjs';

const LOWEST_NODE = 20;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node scripts/bootstrap.mjs <script.ts> [arguments…]');
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) < LOWEST_NODE) {
  console.error(`Keyscope needs Node ${LOWEST_NODE} or newer, and this is ${process.versions.node}. Install it from https://nodejs.org/ or by your version manager.`);
  process.exit(1);
}
const why = whyInstall(root);
if (why !== undefined) {
  console.log(`Installing the packages with npm ci (${why}) …`);
  try {
    npmCi(root);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

const file = resolve(root, script);
process.argv = [process.execPath, file, ...rest];
// Both loaders: package.json has no "type", so the scripts are CommonJS to Node, whatever imports they hold.
(await import('tsx/cjs/api')).register();
(await import('tsx/esm/api')).register();
await import(pathToFileURL(file).href);
