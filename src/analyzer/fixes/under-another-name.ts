/** What fixes share that have a key go by another name for a while: how that is made, and what may stand around it. */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { tagOf } from '../facts/keys/slots.ts';
import { tiesOf } from './text/jumps.ts';
import { quote } from './text/quote.ts';
import type { Style } from './text/style.ts';

/**
 * `'mail:draining'`, `` `mail:${user}:draining` ``
 * @param more what is put behind the key and a colon; a template where `value`, an expression, follows it
 */
export function derivedKey(key: ts.Expression, more: string, style: Style, value?: string): string {
  const inner = unwrap(key);
  const end = value === undefined ? `:${more}` : `:${more}:\${${value}}`;
  if (ts.isStringLiteralLike(inner)) return value === undefined ? quote(inner.text + end, style) : `\`${inner.text.replace(/[\\`]|\$\{/g, '\\$&')}${end}\``;
  if (ts.isTemplateExpression(inner)) return `${inner.getText().slice(0, -1)}${end}\``;
  return `\`\${${key.getText()}}${end}\``;
}

/** On a cluster, a key and what is derived from it lie in one slot where the key has a tag. */
export function staysInSlot({ receiver, args }: RedisCall): boolean {
  return !(receiver.kind === 'cluster' || receiver.maybeCluster) || (args.keys[0] !== undefined && tagOf(args.keys[0].pattern.parts) !== undefined);
}

/** `await client.smembers(key)`, written as a method. */
export function isAwaitedMethod({ use, spelling, dialect, major, node, receiver }: RedisCall): boolean {
  if (use.kind !== 'awaited' || !ts.isAwaitExpression(unwrap(use.value)) || (spelling !== 'method' && spelling !== 'upper') || (dialect === 'node-redis' && major < 4)) return false;
  if (receiver.kind === 'pipeline' || receiver.kind === 'multi' || !ts.isCallExpression(node) || ts.isOptionalChain(node)) return false;
  const target = methodOf(node)?.target;
  return target !== undefined && receiver.node !== undefined && unwrap(target) === unwrap(receiver.node);
}

/** Control goes on behind it, unless something is thrown. */
export function staysOnPath(statement: ts.Statement): boolean {
  const ties = tiesOf([statement]);
  return !ties.has('return') && !ties.has('break') && !ties.has('continue') && !ties.has('yield');
}
