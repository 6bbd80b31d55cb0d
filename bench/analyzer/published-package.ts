/** The largest application among the packages that the tests analyse, laid out as they do. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSourcePath } from '../../src/analyzer/program/discover-files.ts';
import { corpus } from '../../test/packages/corpus.ts';
import { fetchPackages, layOut } from '../../test/packages/fetch.ts';
import type { Changeable } from './keyscope-runs.ts';

const name = 'kuzzle';
/** In the package: one that has nothing to do with Redis, and the wrapper that sends its commands. */
const plainFile = 'published/lib/util/bufferedPassThrough.js';
const redisFile = 'published/lib/service/cache/redis.js';

export interface PublishedPackage {
  /** `kuzzle@2.56.0` */
  title: string;
  root: string;
  files: number;
  bytes: number;
  changeable: Changeable;
}

/** Downloads it where it is not there yet. Made anew in `folder`. */
export async function publishedPackage(folder: string): Promise<PublishedPackage> {
  const chosen = corpus.find((each) => each.name === name);
  if (!chosen) throw new RangeError(`the corpus has no ${name}`);
  await fetchPackages([chosen]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const root = await layOut(chosen, folder);
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, file))
    .filter((file) => isSourcePath(file) && statSync(file).isFile());
  const bytes = sources.reduce((sum, file) => sum + statSync(file).size, 0);
  return { title: `${chosen.name}@${chosen.version}`, root, files: sources.length, bytes, changeable: { plain: join(root, plainFile), redis: join(root, redisFile) } };
}
