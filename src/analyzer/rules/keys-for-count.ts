/** KEYS used only to count: the server keeps the number of all keys, and SCAN can count a pattern without blocking. */
import ts from 'typescript';
import { hasLiteral } from '../../redis/key-pattern.ts';
import { wrapped } from '../facts/code/ast.ts';
import { constantText, keyPattern } from '../facts/code/fold.ts';
import { clientOf } from '../facts/clients/provided-client.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { asksWhetherAny, onlyCounted } from '../facts/replies/reply-values.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { planCountInsteadOfRange } from '../fixes/count-instead-of-range.ts';
import { planScanInsteadOfKeys } from '../fixes/scan-instead-of-keys.ts';
import type { FixPlan, Problem, Rule } from './rule.ts';

/** On a prefixed or clustered client DBSIZE and a plain SCAN count something else. */
export function countsKeys(call: RedisCall, workspace: Workspace): boolean {
  const { receiver } = call;
  if (call.command !== 'KEYS' || receiver.maybeCluster || receiver.kind === 'cluster' || clientOf(receiver, workspace).hasPrefix) return false;
  return onlyCounted(call, workspace) !== undefined;
}

export const keysForCount: Rule = {
  meta: {
    id: 'keys-for-count',
    summary: 'KEYS only to count: DBSIZE knows the total, SCAN counts a pattern without blocking.',
    severity: 'warning',
    fix: 'suggest',
    category: 'latency',
    confidence: 'name',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      if (!countsKeys(call, workspace)) continue;
      yield { node: call.nameNode, ...countOf(call, workspace) };
    }
  },
};

/** What counts the same without KEYS, and what is said of it. */
function countOf(call: RedisCall, workspace: Workspace): Pick<Problem, 'message' | 'fixes'> {
  const [pattern] = call.args.list;
  const text = pattern && constantText(pattern, workspace.checker);
  if (text === '*') {
    return {
      message: 'KEYS walks and sends every name only to be counted; DBSIZE knows the number at once.',
      fixes: () => [...planDbsize(call, workspace), ...planScanInsteadOfKeys(call, workspace)],
    };
  }
  // To SCAN for one key is to walk all of them as well.
  if (text !== undefined && !wildcard.test(text)) return { message: 'KEYS walks every name to find this one key, and blocks the server meanwhile; EXISTS asks for it alone.', fixes: () => planExists(call, workspace) };
  if (pattern && mayBeOneKey(pattern, call, workspace)) return { message: 'KEYS walks every name only to tell whether one is there, and blocks the server meanwhile; where this is the name of one key, EXISTS asks for it alone.' };
  return {
    message: 'KEYS walks and sends every name only to be counted, and blocks the server meanwhile; count with SCAN.',
    fixes: () => planScanInsteadOfKeys(call, workspace),
  };
}

/** What in a pattern stands for something else than itself. */
const wildcard = /[*?[\]\\]/;

/** `keys(prefix + '/api/x')`, asked only whether there is any: no text in it is a wildcard, and no name says that it holds one. */
function mayBeOneKey(pattern: ts.Expression, call: RedisCall, workspace: Workspace): boolean {
  const shape = keyPattern(pattern, workspace.checker);
  if (!hasLiteral(shape) || /pattern|glob|match|wild/i.test(pattern.getText()) || shape.parts.some((part) => 'literal' in part && wildcard.test(part.literal))) return false;
  return onlyCounted(call, workspace)?.every((count) => ts.isExpression(count) && asksWhetherAny(wrapped(count))) ?? false;
}

/** The number of keys of one name: 0 or 1. */
function planExists(call: RedisCall, workspace: Workspace): FixPlan[] {
  return planCountInsteadOfRange(call, 'EXISTS', workspace).map((plan) => ({ ...plan, id: 'exists', title: 'Ask EXISTS for the key', kind: 'suggest' }));
}

/** Never safe: DBSIZE also counts keys that have expired but are not yet removed. */
function planDbsize(call: RedisCall, workspace: Workspace): FixPlan[] {
  return planCountInsteadOfRange(call, 'DBSIZE', workspace).map((plan) => ({ ...plan, id: 'dbsize', title: 'Ask DBSIZE for the number', kind: 'suggest' }));
}
