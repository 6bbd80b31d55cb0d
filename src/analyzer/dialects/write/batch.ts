/** How each client library writes many commands at once: many keys in one command, a pipeline, promises awaited together. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';

/** A command that takes a list where the call gives one. */
export interface ListCommand {
  /** As the client spells it. */
  method: string;
  /** The list is passed as arguments of their own: the method's types know no array there. */
  spread: boolean;
}

/** Take many keys in place of one. */
const manyKeys = new Set(['DEL', 'UNLINK', 'EXISTS']);
/** Take many members (fields, elements) of one key in place of one. */
const manyMembers = new Set(['SADD', 'SREM', 'HDEL', 'ZREM', 'LPUSH', 'RPUSH']);
/** node-redis 6 splits these over the nodes of a cluster. */
const splitByNodeRedis6 = new Set(['MGET', 'DEL', 'UNLINK', 'EXISTS']);
/** ioredis declares no array for these, nor its version 4 for EXISTS. */
const spreadOnly = new Set(['HDEL', 'LPUSH', 'RPUSH']);

/** What node-redis calls them. */
const camelCase: Readonly<Record<string, string>> = {
  DEL: 'del', UNLINK: 'unlink', EXISTS: 'exists', SADD: 'sAdd', SREM: 'sRem', HDEL: 'hDel', ZREM: 'zRem', LPUSH: 'lPush', RPUSH: 'rPush', MGET: 'mGet',
};

/** Which argument becomes a list: 0 for a key, 1 for a member of the key before it; undefined where the command takes no list. */
export function listArgument(call: RedisCall): 0 | 1 | undefined {
  if (call.args.options || call.spelling === 'alias') return undefined;
  if (manyKeys.has(call.command) && call.args.list.length === 1) return 0;
  return manyMembers.has(call.command) && call.args.list.length === 2 ? 1 : undefined;
}

/** The reply of one call with a list is the sum of the replies of many; LPUSH and RPUSH say the length of the list instead. */
export function repliesAddUp(call: RedisCall): boolean {
  return call.command !== 'LPUSH' && call.command !== 'RPUSH';
}

/** The command over a list of keys or members; undefined where the client cannot send it. @param oneSlot the keys share a hash tag */
export function listCommand(call: RedisCall, oneSlot: boolean): ListCommand | undefined {
  const which = listArgument(call);
  if (which === undefined || !hasPromises(call)) return undefined;
  if (which === 0 && !oneSlot && !takesAnyKeys(call, call.command)) return undefined;
  return { method: spelled(call, call.command), spread: call.dialect === 'ioredis' && (spreadOnly.has(call.command) || (call.library === 'ioredis' && call.major < 5 && call.command === 'EXISTS')) };
}

/** MGET in the place of GETs, as the client spells it; undefined where it cannot send it, or the call is a raw one. @param oneSlot as above */
export function multiGet(call: RedisCall, oneSlot: boolean): string | undefined {
  if (call.command !== 'GET' || call.args.list.length !== 1 || call.args.options || !hasPromises(call)) return undefined;
  if (!oneSlot && !takesAnyKeys(call, 'MGET')) return undefined;
  if (call.spelling !== 'method' && call.spelling !== 'upper') return undefined;
  if (call.dialect === 'ioredis' && /^getBuffer\b/.test(call.nameNode.getText())) return 'mgetBuffer';
  return spelled(call, 'MGET');
}

/** Whether the client has pipelines that serve any keys: ioredis on one server. On a cluster a pipeline over several nodes throws. */
export function hasPipeline(call: RedisCall): boolean {
  const { dialect, receiver, spelling } = call;
  return dialect === 'ioredis' && receiver.kind === 'client' && !receiver.maybeCluster && spelling !== 'alias';
}

/** Whether one command's execution follows another's sent before it: not over the connections of a pool or the nodes of a cluster. */
export function keepsOrder(call: RedisCall): boolean {
  return call.receiver.kind === 'client' && !call.receiver.maybeCluster;
}

/** The entries `[error, reply]` of an executed pipeline, which is typed to give null too, as an aborted transaction does. @param typed in TypeScript */
export function executed(pipeline: string, typed: boolean): string {
  return typed ? `(await ${pipeline}.exec()) ?? []` : `await ${pipeline}.exec()`;
}

/**
 * The type of a command's reply where it hangs on the arguments, as ioredis declares it; undefined for all other commands,
 * whose one type is known from our declarations.
 */
export function replyType({ command, args }: RedisCall): string | undefined {
  const { list, flags } = args;
  if (command === 'SET' && !flags.has('GET')) return flags.has('NX') || flags.has('XX') ? "'OK' | null" : "'OK'";
  if (command === 'ZADD' && !flags.has('INCR')) return 'number';
  return /^(?:[LRS]POP|SRANDMEMBER|ZRANDMEMBER|HRANDFIELD)$/.test(command) && list.length === 1 ? 'string | null' : undefined;
}

function takesAnyKeys(call: RedisCall, command: string): boolean {
  if (call.receiver.kind !== 'cluster' && !call.receiver.maybeCluster) return true;
  return call.dialect === 'node-redis' && call.major >= 6 && splitByNodeRedis6.has(command);
}

/** node-redis 3 has callbacks only. */
const hasPromises = (call: RedisCall): boolean => call.dialect === 'ioredis' || call.major >= 4;

function spelled(call: RedisCall, command: string): string {
  if (call.spelling === 'upper') return command;
  return call.dialect === 'ioredis' ? command.toLowerCase() : (camelCase[command] ?? command);
}
