/** The same read twice with nothing in between, or once per request of a key that requests never change: round trips for what is known. */
import { isHotRead } from '../facts/keys/hot-key.ts';
import { seekLoopedHelpers } from '../facts/together/looped-command.ts';
import { repeatedReads } from '../facts/together/repeated-reads.ts';
import { planReuseReply } from '../fixes/reuse-reply.ts';
import type ts from 'typescript';
import type { Rule } from './rule.ts';

export const repeatedRead: Rule = {
  meta: {
    id: 'repeated-read',
    summary: 'A value is read again that is known already, or by every request though no request changes it.',
    severity: 'information',
    fix: 'suggest',
    category: 'latency',
  },
  // Helpers that send a single command, and who calls them.
  seek: seekLoopedHelpers,
  *check({ calls, region }, workspace) {
    const found = new Set<ts.Node>();
    for (const { first, second } of repeatedReads(calls, region, workspace)) {
      found.add(second.site);
      yield {
        node: second.nameNode,
        message: `The same ${second.command} was sent above, and nothing was written or waited for since; use that reply and save the round trip.`,
        related: [{ node: first.nameNode, message: 'the first read is here' }],
        fixes: () => planReuseReply(first.site, second.site, second.command, workspace),
      };
    }
    for (const call of calls) {
      if (found.has(call.node) || !isHotRead(call, workspace)) continue;
      yield { node: call.nameNode, message: 'Every request reads this one key, which no request changes: a round trip each, all on one node; keep the value in memory for a few seconds.' };
    }
  },
};
