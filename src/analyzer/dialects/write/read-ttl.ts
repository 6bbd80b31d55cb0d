/** How each client library reads a value and gives it a TTL at once. */
import ts from 'typescript';
import type { RedisCall, TtlUnit } from '../../facts/calls/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { methodName } from './method-name.ts';

/**
 * GETEX in the place of a GET: the method's name, and what follows the key.
 * @param time the text of the time @returns undefined where the call is spelled in a way of its own, or the library's types do not know it
 */
export function readWithTtl(get: RedisCall, unit: Exclude<TtlUnit, 'KEEPTTL'>, time: string, style: Style): { method: string; text: string } | undefined {
  const { dialect, major, spelling, nameNode, args, callback } = get;
  const given = (get.node.arguments?.length ?? 0) - (callback ? 1 : 0);
  const [key] = args.list;
  if (!key || given !== 1 || ts.isSpreadElement(key) || !ts.isIdentifier(nameNode) || (spelling !== 'method' && spelling !== 'upper')) return undefined;
  if (dialect === 'ioredis') {
    if (nameNode.text !== 'get' && (nameNode.text !== 'getBuffer' || (get.library === 'ioredis' && major < 5))) return undefined;
    return { method: nameNode.text === 'get' ? 'getex' : 'getexBuffer', text: `, ${quote(unit, style)}, ${time}` };
  }
  if (major < 4) return style.typescript ? undefined : { method: methodName('GETEX', get), text: `, ${quote(unit, style)}, ${time}` };
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  const options = major === 4 ? `${unit}: ${time}` : `type: ${quote(unit, style)}, value: ${time}`;
  return { method: methodName('GETEX', get), text: `, ${open}${options}${close}` };
}
