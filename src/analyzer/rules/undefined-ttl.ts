/** A TTL that may be `undefined`: the command fails, or the key never expires. */
import { givenTtl } from '../facts/given-ttl.ts';
import { mayBeUndefined } from '../facts/maybe-undefined.ts';
import { planTtlBranch } from '../fixes/branch-on-ttl.ts';
import type { Rule } from './rule.ts';

export const undefinedTtl: Rule = {
  meta: {
    id: 'undefined-ttl',
    summary: 'A TTL that may be undefined: the command fails, or the key never expires.',
    severity: 'error',
    fix: 'suggest',
    category: 'memory',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const ttl = givenTtl(call);
      if (!ttl || !mayBeUndefined(ttl.node, workspace)) continue;
      const text = ttl.node.getText();
      const name = text.length > 40 || text.includes('\n') ? 'This TTL' : `The TTL \`${text}\``;
      yield {
        node: call.nameNode,
        message: ttl.silent
          ? `${name} may be undefined, which sets no TTL without a word, so that the key never expires; give it a default or branch on it.`
          : `${name} may be undefined, and ${call.command} then fails; give it a default or branch on it.`,
        fixes: () => planTtlBranch(call, ttl, workspace),
      };
    }
  },
};
