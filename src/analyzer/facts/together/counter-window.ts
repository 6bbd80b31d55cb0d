/** How a counter gets its window: INCR, then EXPIRE at its first hit or at every one. Syntax alone. */
import ts from 'typescript';
import { enclosingFunction, some, unwrap, walk } from '../code/ast.ts';
import { comparisonOf, isByOrder } from '../code/comparison.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import { isSentAlone, pathOf, waitsBetween } from './pair-tests.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { isReply, testOf, type Reply, type ReplyTest } from '../replies/reply-tests.ts';

/**
 * `unguarded`: EXPIRE whatever the reply, but only once something else has been waited for.
 * @param first INCR or INCRBY @param second the EXPIRE of its key
 * @returns `fixed`: EXPIRE only where the reply says that the counter is new; `sliding`: at every hit of a counter that is held against a
 * limit; undefined for all else: gauges, EXPIRE by other conditions, counters of a period that their key names
 */
export function windowOf(first: KeyEffect, second: KeyEffect): 'fixed' | 'sliding' | 'unguarded' | undefined {
  if (!isSentAlone(first) || !isSentAlone(second)) return undefined;
  // Behind a helper that does more than pass it on, nobody knows what is compared.
  if (first.call.node !== first.site && first.call.use.kind !== 'returned') return undefined;
  const path = pathOf(first, second);
  if (!path) return undefined;
  const { reply, conditions } = path;
  const tests = conditions.map((condition) => testOf(condition, reply));
  if (tests.some((test) => test && isFirstHit(test, first.call))) return 'fixed';
  // Past a limit that ends the function, hits are not counted on.
  if (!tests.every((test) => test && isLimit(test))) return undefined;
  if (isHeldAgainstLimit(first.site, reply) && !isOfPeriod(first)) return 'sliding';
  return conditions.length === 0 && waitsBetween(first.site, second.site) ? 'unguarded' : undefined;
}

/** Whether the key, or what a helper is given for it, names a period of time: the counter of the next one is another. */
export function isOfPeriod({ call, site }: KeyEffect): boolean {
  const key = call.node === site ? call.args.keys[0]?.node : undefined;
  return (key ? [key] : site.arguments).some((node) => namesPeriod(node, 0));
}

/** `hits === 1`, `hits <= 1`, `hits < 2`, `spent === cost`. */
export function isFirstHit({ operator, other }: ReplyTest, call: Pick<RedisCall, 'command' | 'args'>): boolean {
  if (!other) return false;
  const amount = call.command === 'INCR' ? '1' : (call.args.list[1] && unwrap(call.args.list[1]).getText()) ?? '';
  const text = other.getText();
  if (operator === '<') return amount === '1' && text === '2';
  return (operator === '==' || operator === '<=') && (text === amount || text === '1');
}

/** The reply held against a number. */
export const isLimit = ({ operator }: ReplyTest): boolean => operator !== 'truthy' && operator !== 'falsy' && isByOrder(operator);

function isHeldAgainstLimit(site: ts.Node, reply: Reply): boolean {
  return some(enclosingFunction(site), (node) => ts.isBinaryExpression(node) && isByOrder(comparisonOf(node)) && (isReply(node.left, reply) || isReply(node.right, reply)));
}

/** Words of names in a key that say a period of time. */
const period = /^(?:dates?|days?|daily|hours?|hourly|minutes?|weeks?|months?|monthly|years?|windows?|buckets?|slots?|epoch|timestamp|now|today|periods?|interval|moment|dayjs|utc)$/i;

function namesPeriod(node: ts.Node, depth: number): boolean {
  const speaks = (at: ts.Node): boolean => {
    if (!ts.isIdentifier(at)) return false;
    if (at.text.split(/(?=[A-Z])|[_$\d]+/).some((word) => period.test(word))) return true;
    const initializer = depth < 3 ? initializerOf(at) : undefined;
    return initializer !== undefined && namesPeriod(initializer, depth + 1);
  };
  return speaks(node) || some(node, speaks);
}

/** By name, within the function. */
function initializerOf(name: ts.Identifier): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  walk(enclosingFunction(name), (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name.text && node.initializer && node.end < name.pos) found = node.initializer;
    return undefined;
  });
  return found;
}
