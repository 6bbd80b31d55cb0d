/** A TTL that may be `undefined`: the command fails, or the key never expires. So does one of 0, which stands in for it. */
import type ts from 'typescript';
import { givenTtl } from '../facts/values/given-ttl.ts';
import { mayBeUndefined } from '../facts/code/maybe-undefined.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { zeroTtl } from '../facts/values/zero-ttl.ts';
import { planTtlBranch } from '../fixes/branch-on-ttl.ts';
import type { Problem, Rule } from './rule.ts';

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
      const zero = ttl && zeroTtl(call, ttl.node, workspace.checker);
      if (ttl && zero) yield zeroProblem(call, ttl.node, zero);
      if (!ttl || zero || !mayBeUndefined(ttl.node, workspace)) continue;
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

function zeroProblem(call: RedisCall, ttl: ts.Expression, zero: ts.Expression): Problem {
  return {
    node: call.nameNode,
    message: `${call.command} fails with a TTL of 0 ("invalid expire time"); leave the TTL out where there is none.`,
    ...(zero.parent === ttl.parent ? {} : { related: [{ node: zero, message: 'the TTL is 0 here' }] }),
  };
}
