/** A script of dist/, run by way of V8's code of earlier runs: `dist/analyzer.js` is this, over `dist/analyzer-code.js`. */
import { readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder } from './cache-folder.ts';
import { CodeCache } from './code-cache.ts';

/** Said by the bundle (scripts/lib/bundle.ts): the name of the script beside it. */
declare const CACHED_SCRIPT: string;

function load(file: string, name: string): unknown {
  const { size, mtimeMs } = statSync(file);
  const cache = process.argv.includes('--no-cache') ? undefined : new CodeCache(cacheFolder(), name, `${size} ${mtimeMs}`);
  const cachedData = cache?.read();
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, ...(cachedData ? { cachedData } : {}) });
  // At the end, when the functions that a run needs have been compiled.
  if (cache && (!cachedData || script.cachedDataRejected)) process.once('exit', () => cache.write(script.createCachedData()));
  const wrapper = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, dirname: string) => void;
  const module = { exports: {} };
  wrapper(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

module.exports = load(join(__dirname, `${CACHED_SCRIPT}.js`), CACHED_SCRIPT);
