/** How each client library counts within a window, as commands of one MULTI. */
import ts from 'typescript';
import { unwrap } from '../../facts/code/ast.ts';
import type { RedisCall, TtlUnit } from '../../facts/calls/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { methodName } from './method-name.ts';
import { ttlFlagArguments } from './set-ttl.ts';

/**
 * @param expire its call gives the time @param hasNx whether every server knows EXPIRE … NX
 * @returns calls without their client, and where the count is among the replies; undefined where a call is spelled in a way of its own
 */
export function countCommands(incr: RedisCall, expire: RedisCall, unit: Extract<TtlUnit, 'EX' | 'PX'>, hasNx: boolean, style: Style): { commands: readonly string[]; at: number } | undefined {
  const [key] = incr.args.list;
  const time = expire.args.ttl?.node;
  const isPlain = [incr, expire].every(({ node, nameNode, spelling }) => ts.isCallExpression(node) && ts.isIdentifier(nameNode) && (spelling === 'method' || spelling === 'upper'));
  if (!key || !time || !isPlain || incr.args.list.some(ts.isSpreadElement) || (incr.dialect === 'node-redis' && incr.major < 4)) return undefined;
  const count = `${incr.nameNode.getText()}(${incr.args.list.map((argument) => argument.getText()).join(', ')})`;
  const [keyText, timeText] = [key.getText(), unwrap(time).getText()];
  // ioredis 4 has no types for it.
  if (hasNx && !(incr.library === 'ioredis' && incr.major < 5 && style.typescript)) {
    return { commands: [count, `${expire.nameNode.getText()}(${keyText}, ${timeText}, ${quote('NX', style)})`], at: 0 };
  }
  return { commands: [`${methodName('SET', incr)}(${keyText}, 0${ttlFlagArguments(incr, unit, timeText, style)})`, count], at: 1 };
}
