/** A list, stream or set to which something is added, and from which nothing in the workspace ever takes anything. */
import { patternText } from '../../redis/key-pattern.ts';
import { addsEvents, growthOf, isAdding } from '../facts/keys/key-growth.ts';
import { keyTypeOf } from '../facts/keys/key-type.ts';
import { keyUsesIn, seekKeyUses } from '../facts/keys/key-uses.ts';
import { planTrim } from '../fixes/trim-with-write.ts';
import type { Rule } from './rule.ts';

const remedies: Readonly<Record<string, string>> = {
  list: 'trim it with each push (LTRIM), or give it a TTL',
  stream: 'cap it with each XADD (MAXLEN ~); reading and XACK take nothing away',
  set: 'remove members that are done with (SREM), or give it a TTL',
  'sorted set': 'remove what is old or last with each write (ZREMRANGEBYSCORE, ZREMRANGEBYRANK), or give it a TTL',
};

export const unboundedGrowth: Rule = {
  meta: {
    id: 'unbounded-growth',
    summary: 'A collection is added to and nothing ever trims it, takes from it or lets it expire.',
    severity: 'warning',
    fix: 'suggest',
    category: 'memory',
  },
  seek: seekKeyUses,
  *check({ region }, workspace) {
    for (const use of keyUsesIn(region, workspace)) {
      const { call } = use;
      if (use.listed || !isAdding(call, workspace) || growthOf(use, workspace)?.call !== call) continue;
      const type = keyTypeOf(call.command) ?? '';
      // A set has as many members as there are things; a list or a stream has as many as there were events.
      yield {
        node: use.anchor,
        ...(addsEvents(call, workspace) ? {} : { severity: 'information' as const }),
        message: `\`${patternText(use.parts)}\` only ever grows: nothing in this workspace takes from it or lets it expire; ${remedies[type] ?? 'trim it'}.`,
        ...(use.wrappers.length === 0 ? { fixes: () => planTrim(call, workspace) } : {}),
      };
    }
  },
};
