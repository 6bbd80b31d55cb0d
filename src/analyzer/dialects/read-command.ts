/** How each client library spells Redis, read: from a method's name and arguments to the command in Redis's own words. */
import { commandInfo, commandNames, isContainer } from '../../redis/commands.ts';
import type { DialectName } from '../facts/calls/redis-call.ts';

export interface SpelledCommand {
  /** `HGETALL`, `CONFIG GET`, or `@scanStream` for what only the client knows. */
  command: string;
  /** Options that are part of the method's name: `zRangeWithScores` says WITHSCORES. */
  flags: readonly string[];
  upper: boolean;
  /** How many leading arguments belong to the command's name: 1 in `config('GET', …)`. */
  words: number;
}

/** Methods that send nothing under their own name, or mean more than it. */
const clientMethods: Record<DialectName, ReadonlySet<string>> = {
  ioredis: new Set([
    'duplicate', 'connect', 'disconnect', 'end', 'pipeline', 'exec', 'execBuffer', 'scanStream', 'sscanStream', 'hscanStream', 'zscanStream',
    'scanBufferStream', 'sscanBufferStream', 'hscanBufferStream', 'zscanBufferStream', 'on', 'once', 'off', 'defineCommand', 'nodes', 'addListener',
  ]),
  'node-redis': new Set([
    'duplicate', 'connect', 'disconnect', 'close', 'destroy', 'end', 'exec', 'execAsPipeline', 'execTyped', 'execAsPipelineTyped', 'exec_atomic',
    'execute', 'executeIsolated', 'batch', 'scanIterator', 'hScanIterator', 'sScanIterator', 'zScanIterator', 'hScanValuesIterator', 'hScanNoValuesIterator',
    'on', 'once', 'off', 'addListener', 'nodeClient', 'legacy', 'v4', 'withTypeMapping', 'withCommandOptions', 'withAbortSignal', 'unref', 'ref',
  ]),
};

const rawMethods: Record<DialectName, ReadonlySet<string>> = {
  ioredis: new Set(['call', 'callBuffer']),
  'node-redis': new Set(['sendCommand', 'send_command', 'SEND_COMMAND', 'addCommand', 'internal_send_command']),
};

/** Suffixes that node-redis adds to a command's name, longest first, and the options they stand for. */
const suffixes: readonly (readonly [string, readonly string[]])[] = [
  ['COUNTWITHVALUES', ['COUNT', 'WITHVALUES']],
  ['COUNTWITHSCORES', ['COUNT', 'WITHSCORES']],
  ['WITHMATCHLEN', ['WITHMATCHLEN']],
  ['WITHSCORES', ['WITHSCORES']],
  ['WITHVALUES', ['WITHVALUES']],
  ['WITHSCORE', ['WITHSCORE']],
  ['WITHLABELS', ['WITHLABELS']],
  ['JUSTID', ['JUSTID']],
  ['COUNT', ['COUNT']],
  ['WITH', ['WITH']],
];

/** Letters and digits alone: `CONFIG GET`, `configGet` and `CONFIG_GET` are one. */
const squash = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();

let bySquashed: Map<string, string> | undefined;

function commandBySquashed(name: string): string | undefined {
  if (!bySquashed) {
    bySquashed = new Map();
    for (const command of commandNames()) if (!bySquashed.has(squash(command))) bySquashed.set(squash(command), command);
  }
  return bySquashed.get(name);
}

export function isRawMethod(dialect: DialectName, method: string): boolean {
  return rawMethods[dialect].has(method);
}

/** A name that may be a command in either dialect: the question to ask before the checker is asked anything. */
export function mayBeCommand(method: string): boolean {
  let known = commandLike.get(method);
  if (known === undefined) {
    known =
      clientMethods.ioredis.has(method) || clientMethods['node-redis'].has(method) || rawMethods.ioredis.has(method) || rawMethods['node-redis'].has(method) ||
      spelled('ioredis', method) !== undefined || spelled('node-redis', method) !== undefined;
    commandLike.set(method, known);
  }
  return known;
}
const commandLike = new Map<string, boolean>();

/**
 * @param method as written: `hgetall`, `hGetAll`, `HGETALL`, `getBuffer`
 * @param firstText the first argument's text where it is constant: the subcommand of `config('GET', …)`
 * @param container `json` in `client.json.set(…)`
 */
export function readCommand(dialect: DialectName, method: string, firstText: () => string | undefined, container?: string): SpelledCommand | undefined {
  if (container !== undefined) {
    const command = commandBySquashed(squash(container + method));
    return command === undefined ? undefined : { command, flags: [], upper: false, words: 0 };
  }
  if (clientMethods[dialect].has(method)) return { command: `@${method}`, flags: [], upper: false, words: 0 };
  const found = spelled(dialect, method);
  if (!found) return undefined;
  if (isContainer(found.command)) {
    const subcommand = firstText()?.toUpperCase();
    const full = subcommand === undefined ? undefined : commandInfo(`${found.command} ${subcommand}`)?.name;
    if (full) return { ...found, command: full, words: 1 };
  }
  return { ...found, words: 0 };
}

function spelled(dialect: DialectName, method: string): Omit<SpelledCommand, 'words'> | undefined {
  const upper = method.length > 1 && method === method.toUpperCase();
  if (dialect === 'ioredis') {
    const name = squash(method.replace(/Buffer$/, ''));
    const command = commandBySquashed(name);
    return command === undefined ? undefined : { command, flags: [], upper };
  }
  const name = squash(method);
  const exact = commandBySquashed(name);
  if (exact !== undefined) return { command: exact, flags: [], upper };
  for (const [suffix, flags] of suffixes) {
    const command = name.endsWith(suffix) ? commandBySquashed(name.slice(0, -suffix.length)) : undefined;
    if (command !== undefined) return { command, flags, upper };
  }
  return undefined;
}
