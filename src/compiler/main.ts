/** `dist/typescript.js`: the compiler's module, loaded by way of the code cache. */
import { readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder } from './cache-folder.ts';
import { CodeCache } from './code-cache.ts';

/** Beside this bundle (scripts/lib/bundle.ts). */
const file = join(__dirname, 'typescript-compiler.js');

function load(): unknown {
  const { size, mtimeMs } = statSync(file);
  const cache = process.argv.includes('--no-cache') ? undefined : new CodeCache(cacheFolder(), 'typescript', `${size} ${mtimeMs}`);
  const cachedData = cache?.read();
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, ...(cachedData ? { cachedData } : {}) });
  // At the end, when the functions that a run needs have been compiled.
  if (cache && (!cachedData || script.cachedDataRejected)) process.once('exit', () => cache.write(script.createCachedData()));
  const wrapper = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, dirname: string) => void;
  const compiler = { exports: {} };
  wrapper(compiler.exports, createRequire(file), compiler, file, dirname(file));
  return compiler.exports;
}

module.exports = load();
