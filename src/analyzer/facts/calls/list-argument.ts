/** The list that a command with any number of keys or members is given, where it is given nothing but a list: Redis refuses it without one. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import type { ListOrigin } from '../values/list-origin.ts';
import type { RedisCall } from './redis-call.ts';

export interface ListArgument {
  /** What is spread, or passed as a list. */
  list: ts.Expression;
  /** The argument: the spread itself, or the list. */
  argument: ts.Expression;
  spread: boolean;
}

/** How many arguments stand before the list. */
const before: Readonly<Record<string, number>> = {
  DEL: 0, UNLINK: 0, EXISTS: 0, TOUCH: 0, MGET: 0,
  SADD: 1, SREM: 1, SMISMEMBER: 1, HDEL: 1, HMGET: 1, ZADD: 1, ZREM: 1, ZMSCORE: 1, LPUSH: 1, RPUSH: 1,
  SINTER: 0, SUNION: 0, SDIFF: 0, SINTERSTORE: 1, SUNIONSTORE: 1, SDIFFSTORE: 1, PFCOUNT: 0,
};
/** Only node-redis counts the keys by itself. */
const beforeUncounted: Readonly<Record<string, number>> = { SINTERCARD: 0, ZINTER: 0, ZUNION: 0, ZDIFF: 0, ZINTERCARD: 0, ZINTERSTORE: 1, ZUNIONSTORE: 1, ZDIFFSTORE: 1 };

/** Whether a command makes one result of all the keys of its list, so that they cannot be sent in parts. */
export const combinesKeys = (command: string): boolean => /^(?:[SZ](?:INTER|UNION|DIFF)|PFCOUNT)/.test(command);

export function listArgument({ command, args, dialect, spelling }: RedisCall): ListArgument | undefined {
  const at = before[command] ?? (dialect === 'node-redis' && spelling !== 'raw' ? beforeUncounted[command] : undefined);
  const argument = at === undefined || args.list.length !== at + 1 ? undefined : args.list[at];
  if (!argument) return undefined;
  if (ts.isSpreadElement(argument)) return { list: argument.expression, argument, spread: true };
  const inner = unwrap(argument);
  if (!ts.isArrayLiteralExpression(inner)) return { list: argument, argument, spread: false };
  const [only, ...more] = inner.elements;
  return only && more.length === 0 && ts.isSpreadElement(only) ? { list: only.expression, argument, spread: false } : undefined;
}

/** Whether an argument is a list and no single key: what is spread, what is made as one, what is typed as one. */
export function isList({ list, argument, spread }: ListArgument, { isArray }: ListOrigin, checker: ts.TypeChecker): boolean {
  if (spread || isArray || ts.isArrayLiteralExpression(unwrap(argument))) return true;
  const type = checker.getTypeAtLocation(list);
  return (type.flags & ts.TypeFlags.Any) === 0 && checker.isArrayLikeType(type);
}
