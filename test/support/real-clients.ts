/** The real client packages, as npm installs them: which of them a file's import means, and which of them a declaration belongs to. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { install } from '../../scripts/client-declarations/install.ts';
import { specs } from '../../scripts/client-declarations/specs.ts';

export type Dialect = 'ioredis' | 'node-redis';

export interface RealClient {
  dialect: Dialect;
  /** As the analyzer counts: of @redis/client it is that of the `redis` which brings it. */
  major: number;
  /** Holds the `node_modules` with the packages, the supported major's pinned version among them. */
  home: string;
  /** Name → installed version, of what a project may depend on. */
  versions: ReadonlyMap<string, string>;
}

const dependable = ['ioredis', 'iovalkey', 'redis', '@redis/client'];
/** Whose files declare clients; anything else under the homes is what they themselves depend on. */
const declaring = /^(?:ioredis|@types\/ioredis|iovalkey|redis|@types\/redis|@redis\/[^/]+)\//;
const dependencyFields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

let installed: readonly RealClient[] | undefined;

/** All supported majors, ascending; installed at the first call, without running scripts of theirs. */
export function realClients(): readonly RealClient[] {
  installed ??= specs.map((spec): RealClient => {
    const home = install(spec).replaceAll('\\', '/');
    const versions = new Map<string, string>();
    for (const name of dependable) {
      const version = manifestAt(join(home, 'node_modules', name))?.['version'];
      if (typeof version === 'string') versions.set(name, version);
    }
    return { dialect: spec.module === 'redis' ? 'node-redis' : 'ioredis', major: Number(/\d+$/.exec(spec.name)?.[0]), home, versions };
  });
  return installed;
}

/** Of which client's packages a file is a part; undefined for all others, what those packages depend on included. */
export function clientOfFile(fileName: string): RealClient | undefined {
  return realClients().find(({ home }) => fileName.startsWith(`${home}/node_modules/`) && declaring.test(fileName.slice(home.length + '/node_modules/'.length)));
}

/**
 * What a specifier means where a client package is what would be installed there: the newest version at hand that the nearest package.json
 * which names it admits, or one of the major it asks for.
 * @returns the client, and the specifier with the package's real name (`npm:` aliases taken away)
 */
export function clientOfImport(specifier: string, importer: string): { client: RealClient; specifier: string } | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  if (!dependable.includes(name) && !/redis|valkey/i.test(name)) return undefined;
  const declared = declaredRange(name, dirname(importer));
  const alias = /^npm:((?:@[^/]+\/)?[^@]+)@?(.*)$/.exec(declared ?? '');
  const real = alias?.[1] ?? name;
  if (!dependable.includes(real)) return undefined;
  const range = semver.validRange((alias ? alias[2] : declared) ?? '*') ?? '*';
  const having = realClients().filter(({ versions }) => versions.has(real)).reverse();
  const majorOf = ({ versions }: RealClient): number => semver.major(versions.get(real) ?? '0.0.0');
  const client = having.find(({ versions }) => semver.satisfies(versions.get(real) ?? '', range)) ?? having.find((one) => semver.intersects(range, `${majorOf(one)}.x`)) ?? having[0];
  return client && { client, specifier: real + specifier.slice(name.length) };
}

function declaredRange(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = manifestAt(folder);
    for (const field of dependencyFields) {
      const range = (manifest?.[field] as Record<string, unknown> | undefined)?.[name];
      if (typeof range === 'string') return range;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

const manifests = new Map<string, Record<string, unknown> | undefined>();

function manifestAt(folder: string): Record<string, unknown> | undefined {
  if (!manifests.has(folder)) {
    const file = join(folder, 'package.json');
    manifests.set(folder, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : undefined);
  }
  return manifests.get(folder);
}
