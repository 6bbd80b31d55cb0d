/** DEL, MGET, SADD … of a list that may be empty: Redis refuses a command without keys or members. */
import { emptyListsIn } from '../facts/values/empty-list.ts';
import { listArgument } from '../facts/calls/list-argument.ts';
import { planLengthGuard } from '../fixes/guard-length.ts';
import type { Rule } from './rule.ts';

export const emptyVariadic: Rule = {
  meta: {
    id: 'empty-variadic',
    summary: 'A list that may be empty is spread into DEL, MGET, SADD and the like, which then fail.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ region, calls }, workspace) {
    const whyEmpty = emptyListsIn(region, workspace);
    for (const call of calls) {
      const given = listArgument(call);
      const why = given && whyEmpty(call);
      if (!given || why === undefined) continue;
      yield {
        node: call.nameNode,
        message: `${call.command} fails ("${/^Z(?:INTER|UNION|DIFF)|CARD$/.test(call.command) ? 'at least 1 input key is needed' : 'wrong number of arguments'}") where this list is empty, as ${why} may be; check its length first.`,
        fixes: () => planLengthGuard(call, given, workspace),
      };
    }
  },
};
