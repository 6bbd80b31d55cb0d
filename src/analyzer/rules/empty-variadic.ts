/** DEL, MGET, SADD … of a list that may be empty: Redis refuses a command without keys or members. */
import { whyEmpty } from '../facts/empty-list.ts';
import { isList, listArgument } from '../facts/list-argument.ts';
import { listOrigin } from '../facts/list-origin.ts';
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
  *check({ calls }, workspace) {
    for (const call of calls) {
      const given = listArgument(call);
      if (!given) continue;
      const origin = listOrigin(given.list, workspace);
      const why = whyEmpty(given.list, workspace, origin);
      if (why === undefined || !isList(given, origin, workspace.checker)) continue;
      yield {
        node: call.nameNode,
        message: `${call.command} fails ("wrong number of arguments") where this list is empty, as ${why} may be; check its length first.`,
        fixes: () => planLengthGuard(call, given, workspace),
      };
    }
  },
};
