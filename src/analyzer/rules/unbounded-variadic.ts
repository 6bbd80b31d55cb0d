/** One command with as many keys or members as a whole collection has: it holds the server, and the memory of both sides, for as long. */
import ts from 'typescript';
import { isCounted } from '../facts/bounded-list.ts';
import { combinesKeys, isList, listArgument } from '../facts/list-argument.ts';
import { listOrigin } from '../facts/list-origin.ts';
import { planChunks } from '../fixes/cut-into-chunks.ts';
import type { Rule } from './rule.ts';

export const unboundedVariadic: Rule = {
  meta: {
    id: 'unbounded-variadic',
    summary: 'One command with as many keys or members as a whole collection or query result has.',
    severity: 'information',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const given = listArgument(call);
      if (!given || combinesKeys(call.command)) continue;
      const origin = listOrigin(given.list, workspace);
      if (!origin.whole || isCounted(given.list, origin.same) || !isList(given, origin, workspace.checker)) continue;
      const { source } = origin;
      const what = origin.kind === 'query' ? 'the rows of a query' : 'a whole collection';
      yield {
        node: call.nameNode,
        message: `This ${call.command} names every element of ${what}: it holds the server for as long as the list is; send it in chunks of some hundreds.`,
        ...(source && !ts.isVariableDeclaration(source) ? { related: [{ node: source, message: 'the list comes from here, of any length' }] } : {}),
        fixes: () => planChunks(call, given, workspace),
      };
    }
  },
};
