/** KEYS used only to count: the server keeps the number of all keys, and SCAN can count a pattern without blocking. */
import { constantText } from '../facts/fold.ts';
import { clientOf } from '../facts/provided-client.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import { onlyCounted } from '../facts/reply-values.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { planCountInsteadOfRange } from '../fixes/count-instead-of-range.ts';
import { planScanInsteadOfKeys } from '../fixes/scan-instead-of-keys.ts';
import type { FixPlan, Rule } from './rule.ts';

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
      const [pattern] = call.args.list;
      const all = pattern !== undefined && constantText(pattern, workspace.checker) === '*';
      yield {
        node: call.nameNode,
        fixes: () => [...(all ? planDbsize(call, workspace) : []), ...planScanInsteadOfKeys(call, workspace)],
        message: all
          ? 'KEYS walks and sends every name only to be counted; DBSIZE knows the number at once.'
          : 'KEYS walks and sends every name only to be counted, and blocks the server meanwhile; count with SCAN.',
      };
    }
  },
};

/** Never safe: DBSIZE also counts keys that have expired but are not yet removed. */
function planDbsize(call: RedisCall, workspace: Workspace): FixPlan[] {
  return planCountInsteadOfRange(call, 'DBSIZE', workspace).map((plan) => ({ ...plan, id: 'dbsize', title: 'Ask DBSIZE for the number', kind: 'suggest' }));
}
