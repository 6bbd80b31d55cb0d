/** Packages of the corpus from the npm registry: tarballs kept in .cache/packages (git-ignored), files laid out for the analyzer in a temporary folder. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { CorpusPackage } from './corpus.ts';

const run = promisify(execFile);
const cache = resolve(import.meta.dirname, '../../.cache/packages');

function tarball(each: CorpusPackage): string {
  return join(cache, `${each.name.replace('@', '').replace('/', '-')}-${each.version}.tgz`);
}

function isSound(each: CorpusPackage): boolean {
  const file = tarball(each);
  if (!existsSync(file)) return false;
  const [algorithm = '', hash] = each.integrity.split(/-(.*)/s);
  return createHash(algorithm).update(readFileSync(file)).digest('base64') === hash;
}

/** Downloads what is missing with `npm pack`, no script of theirs run; throws when a package is not the one that is pinned. */
export async function fetchPackages(corpus: readonly CorpusPackage[]): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const missing = corpus.filter((each) => !isSound(each));
  if (missing.length === 0) return;
  const specs = missing.map((each) => `${each.name}@${each.version}`);
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', cache, ...specs], { cwd: cache, shell: process.platform === 'win32' });
  const wrong = missing.filter((each) => !isSound(each));
  if (wrong.length > 0) throw new Error(`Not the packages that corpus.ts pins: ${wrong.map((each) => `${each.name}@${each.version}`).join(', ')}`);
}

/**
 * Lays a package out in `<folder>/<name>` as a project and returns its root. A `dist` folder is renamed to `published`, since build output is
 * left out of an analysis, and here it is the only form of the code there is.
 */
export async function layOut(each: CorpusPackage, folder: string): Promise<string> {
  const unpacked = mkdtempSync(join(folder, 'unpacked-'));
  await run('tar', ['-xzf', tarball(each), '-C', unpacked, '--strip-components=1']);
  const root = join(folder, each.name.replace('/', '__'));
  mkdirSync(root, { recursive: true });
  cpSync(join(unpacked, 'package.json'), join(root, 'package.json'));
  for (const path of each.keep) {
    const from = join(unpacked, path);
    if (!existsSync(from)) throw new Error(`${each.name}@${each.version} has no ${path}`);
    const to = join(root, path.replace(/^dist(?=\/|$)/, 'published'));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true });
  }
  rmSync(unpacked, { recursive: true, force: true });
  return root;
}
