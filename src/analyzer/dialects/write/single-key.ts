/** The command for one key in the place of one for many, as each client library spells it. */
import { methodOf } from '../../facts/code/ast.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import ts from 'typescript';

/** Take one key as well. */
const counting = new Set(['DEL', 'UNLINK', 'EXISTS', 'TOUCH']);

/** Undefined where there is none, or the call is spelled in a way that is not followed. */
export function singleKeyMethod({ command, node, spelling, dialect, major }: RedisCall): { method: string; /** Its replies are numbers to be added up. */ adds: boolean } | undefined {
  const name = ts.isCallExpression(node) ? methodOf(node)?.name : undefined;
  if (name === undefined || spelling === 'raw' || spelling === 'alias' || (dialect === 'node-redis' && major < 4)) return undefined;
  if (counting.has(command)) return { method: name, adds: true };
  if (command !== 'MGET') return undefined;
  return { method: dialect === 'ioredis' && /Buffer$/.test(name) ? 'getBuffer' : spelling === 'upper' ? 'GET' : 'get', adds: false };
}
