/** SET of a key that was given a TTL elsewhere: it removes the TTL with the old value, and the key stays for ever. */
import { droppedTtl } from '../facts/values/dropped-ttl.ts';
import { keyUsesIn, seekKeyUses } from '../facts/keys/key-uses.ts';
import { planKeepTtl } from '../fixes/keep-ttl.ts';
import type { Rule } from './rule.ts';

export const setDropsTtl: Rule = {
  meta: {
    id: 'set-drops-ttl',
    summary: 'A SET rewrites a key that has a TTL and removes it; the key never expires.',
    severity: 'warning',
    fix: 'suggest',
    category: 'memory',
  },
  seek: seekKeyUses,
  *check({ region }, workspace) {
    for (const use of keyUsesIn(region, workspace)) {
      const dropped = droppedTtl(use, workspace);
      if (!dropped) continue;
      const { given, after } = dropped;
      const { command } = use.call;
      yield {
        node: use.anchor,
        message: after
          ? `${command} removes the key's TTL, so the EXPIRE … NX after it starts a new one each time; keep it with KEEPTTL.`
          : `${command} removes the TTL that this key was given, and it then never expires; keep it with KEEPTTL or give one again.`,
        related: [{ node: given.anchor, message: after ? `${given.call.command} … NX gives a TTL only to a key that has none` : `${given.call.command} gives keys of this pattern a TTL here` }],
        ...(use.wrappers.length === 0 ? { fixes: () => planKeepTtl(use.call, workspace) } : {}),
      };
    }
  },
};
