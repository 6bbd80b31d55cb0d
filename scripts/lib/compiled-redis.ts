/**
 * The last resort for a machine with no redis-server and no way to install one for the person: `redis-memory-server`, a package
 * that takes Redis's sources from download.redis.io and compiles them. It needs `make` and a C compiler, about two minutes,
 * and that host; nothing in the npm registry brings the executable itself and is kept up to date.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOnPath } from './on-path.ts';

const run = promisify(execFile);
const PACKAGE = 'redis-memory-server@0.17.1';
const REDIS_VERSION = '7.2.7';
const dir = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), '.cache', 'redis-memory-server');

export function canCompileRedis(): boolean {
  return process.platform !== 'win32' && findOnPath('make') !== undefined && findOnPath('cc', 'gcc', 'clang') !== undefined;
}

/** Compiles Redis into .cache/ (once) and resolves with the path of its server; rejects when the sources cannot be had or built. */
export async function compileRedis(): Promise<string> {
  console.log(`Compiling Redis ${REDIS_VERSION} with ${PACKAGE} (no redis-server on PATH; takes a few minutes, once) …`);
  mkdirSync(dir, { recursive: true });
  const manifest = join(dir, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const env = {
    ...process.env,
    REDISMS_DISABLE_POSTINSTALL: 'true',
    REDISMS_VERSION: REDIS_VERSION,
    REDISMS_DOWNLOAD_DIR: join(dir, 'redis'),
    // The package checks the certificate of the download host only when this is set.
    npm_config_strict_ssl: 'true',
  };
  await run('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit', PACKAGE], { cwd: dir, env });
  const ask = "require('redis-memory-server/lib/util/RedisBinary').default.getPath({}).then((path) => console.log('PATH ' + path), (error) => { console.error(String(error)); process.exit(1); })";
  const { stdout } = await run(process.execPath, ['-e', ask], { cwd: dir, env, maxBuffer: 64 * 1024 * 1024 });
  const path = /^PATH (.+)$/m.exec(stdout)?.[1];
  if (path === undefined || !existsSync(path)) throw new Error(`${PACKAGE} gave no executable:\n${stdout.slice(-1_000)}`);
  return path;
}
