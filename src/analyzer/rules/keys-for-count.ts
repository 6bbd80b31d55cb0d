/** KEYS used only to count: the server keeps the number of all keys, and SCAN can count a pattern without blocking. */
import { onlyCounted } from '../facts/reply-values.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

/** On a prefixed or clustered client DBSIZE and a plain SCAN count something else. */
export function countsKeys(call: RedisCall, workspace: Workspace): boolean {
  const { receiver } = call;
  if (call.command !== 'KEYS' || receiver.hasPrefix || receiver.maybeCluster || receiver.kind === 'cluster') return false;
  return onlyCounted(call, workspace) !== undefined;
}

export const keysForCount: Rule = {
  meta: {
    id: 'keys-for-count',
    summary: 'KEYS only to count: DBSIZE knows the total, SCAN counts a pattern without blocking.',
    severity: 'warning',
    fix: 'suggest',
    category: 'latency',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      if (!countsKeys(call, workspace)) continue;
      const all = call.args.list[0]?.getText().slice(1, -1) === '*';
      yield {
        node: call.nameNode,
        message: all
          ? 'KEYS walks and sends every name only to be counted; DBSIZE knows the number at once.'
          : 'KEYS walks and sends every name only to be counted, and blocks the server meanwhile; count with SCAN.',
      };
    }
  },
};
