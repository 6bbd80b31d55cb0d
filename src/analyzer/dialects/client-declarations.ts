/**
 * Our own declarations of the client libraries, one file per library and major, generated from the real packages
 * (scripts/generate-client-declarations.ts). The analyzer resolves the libraries to them, so it needs no node_modules.
 *
 * How to tell what a method is called on: look at the *receiver's type*, its symbol (through base classes, unions, intersections
 * and constraints) and ask `kindOf`. The commands themselves are declared once per file, in an interface shared by all kinds
 * (`sharedInterfaces`): it says that a method is the library's, not on what it is called. A mapped type such as `Pick<Redis, 'get'>`
 * has only that: take it for a client, or look at its alias's type arguments.
 * The commands of a node-redis module (`client.json.get`) are in an interface per module, `JsonCommands<'client'>`:
 * its name gives the prefix of the command (`modulePrefix`), its type argument, a literal, the kind (`kindOfArgument`).
 */
import { readFileSync } from 'node:fs';
import semver from 'semver';
import type { DialectName, Library, ReceiverKind } from '../facts/calls/redis-call.ts';
import { assetFolder } from '../assets.ts';

interface LibraryInfo {
  dialect: DialectName;
  /** First part of the file's name. */
  file: string;
  /** Ascending, numbered as the dialect counts: @redis/client 1 is node-redis 4. */
  majors: readonly number[];
  /** The package's own major where it differs. */
  packageMajor?: Readonly<Record<number, number>>;
}

const libraries: Record<Library, LibraryInfo> = {
  ioredis: { dialect: 'ioredis', file: 'ioredis', majors: [4, 5, 6] },
  iovalkey: { dialect: 'ioredis', file: 'iovalkey', majors: [0] },
  redis: { dialect: 'node-redis', file: 'redis', majors: [3, 4, 5, 6] },
  '@redis/client': { dialect: 'node-redis', file: 'redis', majors: [4, 5, 6], packageMajor: { 4: 1 } },
};

/** Declared for each kind of receiver; the same names in every major that has them. */
const kindOfInterface: Readonly<Record<string, ReceiverKind>> = {
  // ioredis, iovalkey: pipeline() and multi() give one class at run time, here two interfaces
  Redis: 'client',
  IORedis: 'client',
  Cluster: 'cluster',
  ChainableCommander: 'pipeline',
  Pipeline: 'pipeline',
  MultiCommander: 'multi',
  // node-redis 3
  RedisClient: 'client',
  Multi: 'multi',
  Batch: 'pipeline',
  // node-redis 4 to 6
  RedisClientType: 'client',
  RedisSentinelType: 'client',
  RedisSentinelClientType: 'client',
  RedisClusterType: 'cluster',
  RedisClientPoolType: 'pool',
  RedisClientMultiCommandType: 'multi',
  RedisClusterMultiCommandType: 'multi',
  RedisSentinelMultiCommandType: 'multi',
};

/** Interfaces that hold the commands for all kinds at once. */
export const sharedInterfaces: ReadonlySet<string> = new Set(['RedisCommander', 'Commands', 'RedisCommands', 'ConnectionCommands', 'Transaction', 'Queue']);

/** node-redis 4 to 6: interface of a module's commands → prefix of their names. */
const modulePrefixes: Readonly<Record<string, string>> = {
  BloomCommands: 'BF', CuckooCommands: 'CF', CountMinSketchCommands: 'CMS', TDigestCommands: 'TDIGEST', TopKCommands: 'TOPK',
  SearchCommands: 'FT', JsonCommands: 'JSON', TimeSeriesCommands: 'TS', GraphCommands: 'GRAPH',
};

/** The literal in `JsonCommands<'client'>` and `RedisCommands<'client'>`. */
const kindsOfArgument: Readonly<Record<string, ReceiverKind>> = {
  client: 'client', sentinel: 'client', cluster: 'cluster', pool: 'pool', multi: 'multi', clusterMulti: 'multi', sentinelMulti: 'multi',
};

/** The kind of receiver that a class or interface of a declaration file stands for; undefined for all others. */
export function kindOf(interfaceName: string): ReceiverKind | undefined {
  return Object.hasOwn(kindOfInterface, interfaceName) ? kindOfInterface[interfaceName] : undefined;
}

/** The kind of receiver by the literal type argument of a node-redis module's interface. */
export function kindOfArgument(literal: string): ReceiverKind | undefined {
  return Object.hasOwn(kindsOfArgument, literal) ? kindsOfArgument[literal] : undefined;
}

/** `JsonCommands` → `JSON`, the part of the command's name before the dot; undefined for all other interfaces. */
export function modulePrefix(interfaceName: string): string | undefined {
  return Object.hasOwn(modulePrefixes, interfaceName) ? modulePrefixes[interfaceName] : undefined;
}

const folder = '/keyscope/declarations/';
const texts = new Map<string, string>();
const origins = new Map<string, DeclaredClient>();
for (const [library, { dialect, majors }] of Object.entries(libraries) as [Library, LibraryInfo][]) {
  for (const major of majors) {
    origins.set(virtualName(library, major), { library, major, dialect });
    if (library === 'redis') origins.set(virtualName(library, major, true), { library, major, dialect, isOpen: true });
  }
}

interface DeclaredClient {
  library: Library;
  major: number;
  dialect: DialectName;
  /** See `isOpen`. */
  isOpen?: true;
}

/** `/keyscope/declarations/ioredis-5.d.ts`; a folder that no disk has, so a name never meets a real file's. */
function virtualName(library: Library, major: number, isOpenRange = false): string {
  return `${folder}${library.replace('/', '+')}-${major}${isOpenRange ? '-or-older' : ''}.d.ts`;
}

/** The file that a library of that major (as `supportedMajor` gives it) resolves to. @param isOpenRange as `isOpen` says */
export function clientDeclaration(library: Library, major: number, isOpenRange = false): string {
  const fileName = virtualName(library, major, isOpenRange);
  if (!origins.has(fileName)) throw new Error(`No declarations of ${library} ${major}; there are ${libraries[library].majors.join(', ')}.`);
  return fileName;
}

/** The text of such a file; undefined for all others. */
export function clientDeclarationText(fileName: string): string | undefined {
  const origin = origins.get(fileName);
  if (!origin) return undefined;
  const text = assetText(`${libraries[origin.library].file}-${origin.major}.d.ts`);
  return origin.isOpen && origin.major > 3 ? text + declarationsOfThree(text) : text;
}

function assetText(name: string): string {
  const text = texts.get(name) ?? readFileSync(`${assetFolder('declarations')}/${name}`, 'utf8');
  texts.set(name, text);
  return text;
}

const methodLine = /^ {2}([a-z_]\w*)\(/gm;
const methodsIn = (text: string): string[] => [...text.matchAll(methodLine)].map(([, name = '']) => name);

/** Beside the declarations of a later major: the methods that only version 3 spells so, and its `batch()`. The interfaces merge with those of the library. */
function declarationsOfThree(text: string): string {
  const later = new Set(methodsIn(text));
  const names = [...onlyOfThree()].filter((name) => !later.has(name) && name !== 'batch');
  return [
    'interface Replies<T> { batch: Batch }',
    "export interface Batch extends RedisCommands<'batch'> { exec(callback?: any): boolean }",
    'export interface RedisCommands<K extends Kind> {',
    '  batch(args?: any[][]): Batch;',
    ...names.map((name) => `  ${name}(...args: any[]): R<any, K>;`),
    '}\n',
  ].join('\n');
}

let ofThree: ReadonlySet<string> | undefined;

/** Methods of node-redis 3 that the newest major does not have, or spells otherwise: `hgetall`, `send_command`. */
export function onlyOfThree(): ReadonlySet<string> {
  if (!ofThree) {
    const { file, majors } = libraries.redis;
    const newest = new Set(methodsIn(assetText(`${file}-${majors[majors.length - 1]}.d.ts`)));
    ofThree = new Set(methodsIn(assetText(`${file}-3.d.ts`)).filter((name) => !newest.has(name)));
  }
  return ofThree;
}

/** Of which library a file name (as the checker has it) is the declarations; undefined for any other file. */
export function isClientDeclaration(fileName: string): DeclaredClient | undefined {
  return origins.get(fileName);
}

/**
 * The supported major nearest to an installed version (`5.4.1`) or a range as package.json has it (`^5`, `>=4`, `npm:ioredis@5`,
 * `workspace:*`, `latest`); the newest that the range admits, and the newest of all where it says nothing.
 */
export function supportedMajor(library: Library, installedVersionOrRange: string | undefined): number {
  const { majors, packageMajor } = libraries[library];
  const newest = majors[majors.length - 1] ?? 0;
  const range = bareRange(installedVersionOrRange);
  if (range === undefined) return newest;
  const own = (major: number): number => packageMajor?.[major] ?? major;
  const admitted = majors.filter((major) => semver.intersects(range, `${own(major)}.x`, { includePrerelease: true }));
  const best = admitted[admitted.length - 1];
  if (best !== undefined) return best;
  const wanted = semver.minVersion(range)?.major ?? own(newest);
  return [...majors].sort((a, b) => Math.abs(own(a) - wanted) - Math.abs(own(b) - wanted) || b - a)[0] ?? newest;
}

/** Whether a range (`*`, `>=0.8`, `latest`) admits node-redis 3, which takes callbacks, as well as what came after it: then the code tells which it is for. */
export function isOpen(library: Library, installedVersionOrRange: string | undefined): boolean {
  if (library !== 'redis') return false;
  const range = bareRange(installedVersionOrRange);
  return range === undefined || (semver.intersects(range, '<4.0.0') && semver.intersects(range, '>=4.0.0'));
}

/** Without the protocols of package managers; undefined for tags, addresses, paths and nothing. */
function bareRange(text: string | undefined): semver.Range | undefined {
  const bare = text?.trim().replace(/^(?:workspace|npm|catalog):/, '').replace(/^(?:@[^/]+\/)?[a-z][\w.-]*@/i, '');
  if (!bare || bare === '*') return undefined;
  try {
    return new semver.Range(bare, { includePrerelease: true, loose: true });
  } catch {
    return undefined;
  }
}
