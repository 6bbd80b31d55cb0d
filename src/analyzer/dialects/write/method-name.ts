/** How a client library spells a command's name, to be called on it. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';

/** node-redis 4–6 write the words of a command in camel case; where they begin cannot be told from the command's name. */
const camel: Readonly<Record<string, string>> = {
  GET: 'get',
  SET: 'set',
  GETEX: 'getEx',
  HGET: 'hGet',
  SCARD: 'sCard',
  HLEN: 'hLen',
  LLEN: 'lLen',
  ZCARD: 'zCard',
  ZCOUNT: 'zCount',
  XLEN: 'xLen',
  DBSIZE: 'dbSize',
  EXISTS: 'exists',
  UNLINK: 'unlink',
  LTRIM: 'lTrim',
  INCR: 'incr',
  DECR: 'decr',
  INCRBY: 'incrBy',
  DECRBY: 'decrBy',
  HINCRBY: 'hIncrBy',
  APPEND: 'append',
  GETDEL: 'getDel',
  RENAME: 'rename',
  RENAMENX: 'renameNX',
  EVAL: 'eval',
};

/**
 * @param like a call on the same client, whose case is followed where the library has both (`SMEMBERS` → `SCARD`)
 * @throws for a command whose spelling is not known here: a planner asks only for those that are
 */
export function methodName(command: string, like: Pick<RedisCall, 'dialect' | 'major' | 'spelling'>): string {
  if (like.dialect === 'ioredis') return command.toLowerCase();
  if (like.spelling === 'upper') return command;
  if (like.major < 4) return command.toLowerCase();
  const name = camel[command];
  if (name === undefined) throw new Error(`no spelling for ${command}: add it to dialects/write/method-name.ts`);
  return name;
}
