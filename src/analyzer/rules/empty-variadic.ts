/** DEL, MGET, SADD … of a list that may be empty: Redis refuses a command without keys or members. */
import { emptyListsIn } from '../facts/values/empty-list.ts';
import ts from 'typescript';
import { listArgument } from '../facts/calls/list-argument.ts';
import type { RegionFacts } from '../facts/calls/file-facts.ts';
import { unwrap } from '../facts/code/ast.ts';
import { lazily } from '../lazily.ts';
import { batchesAsKeys } from '../facts/keys/batch-as-key.ts';
import { planLengthGuard } from '../fixes/guard-length.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const emptyVariadic: Rule = {
  meta: {
    id: 'empty-variadic',
    summary: 'A list that may be empty is spread into DEL, MGET, SADD and the like, which then fail.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  *check(facts, workspace) {
    const { region, calls } = facts;
    const isTakenForKey = batchesTakenForKeys(facts, workspace);
    const whyEmpty = emptyListsIn(region, workspace);
    for (const call of calls) {
      const given = listArgument(call);
      const why = given && whyEmpty(call);
      if (!given || why === undefined || isTakenForKey(given.list)) continue;
      yield {
        node: call.nameNode,
        message: `${call.command} fails ("${/^Z(?:INTER|UNION|DIFF)|CARD$/.test(call.command) ? 'at least 1 input key is needed' : 'wrong number of arguments'}") where this list is empty, as ${why} may be; check its length first.`,
        fixes: () => planLengthGuard(call, given, workspace),
      };
    }
  },
};

/** Whether a list is a batch that the code takes for one key: once the code goes through the batch (`scan-batch-shape`), there is no list. */
function batchesTakenForKeys(facts: RegionFacts, workspace: Workspace): (list: ts.Expression) => boolean {
  const batches = lazily(() => batchesAsKeys(facts, workspace).map(({ batch }) => workspace.checker.getSymbolAtLocation(unwrap(batch))));
  return (list) => ts.isIdentifier(unwrap(list)) && batches().includes(workspace.checker.getSymbolAtLocation(unwrap(list)));
}
