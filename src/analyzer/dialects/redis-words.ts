/**
 * How code names what it talks to Redis by, where nothing else tells: `this.redis`, `redisClient`, `getRedis()`. And which commands nobody
 * but Redis has, so that a plain `client` is enough. Words alone: whether it is a client is for facts/clients/named-client.ts to judge.
 */
import { mayBeCommand, readCommand } from './read-command.ts';

const redis = /^(?:io)?redis$/i;
/** What a client of Redis is called behind the word. */
const holders = new Set(['client', 'cli', 'conn', 'connection', 'instance', 'cluster', 'db', 'pub', 'sub', 'publisher', 'subscriber']);
/** Of a client of anything. */
const plain = new Set(['client', 'cli', 'conn', 'connection', 'db']);
/** Commands of the data types, and those whose names say their options: no map, store or other database has them. */
const own = /^(?:H(?:GETALL|SET|SETNX|MSET|MGET|GET|DEL|INCRBY|INCRBYFLOAT|EXISTS|KEYS|VALS|LEN|SCAN)|Z(?:ADD|REM|CARD|SCORE|COUNT|RANK|REVRANK|INCRBY|RANGE\w*|REVRANGE\w*|REMRANGE\w*|POPMIN|POPMAX|SCAN|LEXCOUNT|UNIONSTORE|INTERSTORE)|S(?:ADD|REM|MEMBERS|ISMEMBER|MISMEMBER|CARD|RANDMEMBER|SCAN|UNIONSTORE|INTERSTORE|DIFFSTORE)|[LR](?:PUSH|PUSHX|POP)|L(?:RANGE|LEN|TRIM|REM|INDEX|INSERT|MOVE)|RPOPLPUSH|B(?:LPOP|RPOP|RPOPLPUSH|LMOVE|ZPOPMIN|ZPOPMAX)|SETEX|PSETEX|SETNX|MSETNX|GETDEL|GETEX|P?EXPIRE(?:AT)?|PTTL|INCRBY|DECRBY|INCRBYFLOAT|X(?:ADD|READ|READGROUP|ACK|LEN|RANGE|REVRANGE|DEL|TRIM|AUTOCLAIM|CLAIM|PENDING)|PF(?:ADD|COUNT|MERGE)|EVALSHA|FLUSHALL|FLUSHDB)$/;

const wordsOf = (name: string): string[] => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)?.map((word) => word.toLowerCase()) ?? [];

/** @param name of a variable, property or function: `redis`, `#redisClient`, `getRedis` */
export function speaksOfRedis(name: string): boolean {
  // A class, or a library.
  if (/^(?:IO)?Redis/.test(name) && !/^RedisC(?:lient|onnection)$/.test(name)) return false;
  const words = wordsOf(name.replace(/ioredis/i, 'redis'));
  const last = words.at(-1) ?? '';
  return redis.test(last) || (holders.has(last) && words.slice(0, -1).some((word) => redis.test(word)));
}

/** `client`, `this._db`: a client of anything. */
export function speaksOfClient(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && plain.has(words[0] ?? '');
}

/** @param command in Redis's own name */
export const isOwnCommand = (command: string): boolean => own.test(command);

/** From the word on; what stands before it in the same name is looked for when the rest fits. */
const namedCall = /redis\w*(?:\([\w$.,\s]{0,60}\))?[)!]*\s*\??\.\s*(\w+)\s*\(/gi;
const ownCall = /\b(?:client|cli|conn|connection|db)[)!]*\s*\??\.\s*(\w+)\s*\(/gi;
const queues = new Set(['pipeline', 'multi', 'batch']);

/** Whether a text may call commands of what only its name says to be a client: generous, and quick where nothing speaks of Redis. */
export function maySpeakOfClient(text: string): boolean {
  if (!/redis/i.test(text)) return false;
  for (const { 1: method = '', index } of text.matchAll(namedCall)) if ((queues.has(method) || isCommand(method)) && speaksOfRedis(nameAround(text, index))) return true;
  for (const [, method = ''] of text.matchAll(ownCall)) if (isCommand(method, true)) return true;
  return false;
}

function nameAround(text: string, at: number): string {
  let start = at;
  while (start > 0 && /[\w$#]/.test(text.charAt(start - 1))) start--;
  let end = at;
  while (end < text.length && /\w/.test(text.charAt(end))) end++;
  return text.slice(start, end);
}

function isCommand(method: string, ownOnly = false): boolean {
  if (!mayBeCommand(method)) return false;
  const command = commandNamed(method);
  return command !== undefined && (!ownOnly || isOwnCommand(command));
}

const commands = new Map<string, string | undefined>();

/** The command of that name in either dialect; undefined for what only clients know. */
function commandNamed(method: string): string | undefined {
  if (!commands.has(method)) commands.set(method, (['ioredis', 'node-redis'] as const).map((dialect) => readCommand(dialect, method, () => undefined)?.command).find((command) => command !== undefined && !command.startsWith('@')));
  return commands.get(method);
}
