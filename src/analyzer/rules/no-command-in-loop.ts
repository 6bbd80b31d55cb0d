/** One round trip per item, one after the other: the network's delay times the length of the list. */
import ts from 'typescript';
import { loopedCommands, seekLoopedHelpers, type LoopedCommand } from '../facts/together/looped-command.ts';
import { methodOf } from '../facts/code/ast.ts';
import { planBatch } from '../fixes/batch-loop/index.ts';
import type { Rule } from './rule.ts';

export const noCommandInLoop: Rule = {
  meta: {
    id: 'no-command-in-loop',
    summary: 'A command awaited per item costs a round trip each; a batch costs one for all.',
    severity: 'warning',
    fix: 'suggest',
    category: 'latency',
    confidence: 'name',
  },
  seek: seekLoopedHelpers,
  *check({ calls, region }, workspace) {
    for (const looped of loopedCommands(calls, region, workspace)) {
      const { call, site, helper } = looped;
      yield {
        node: helper ? calleeName(site) : call.nameNode,
        message: messageOf(looped),
        fixes: () => planBatch(looped, workspace),
        ...(helper ? { related: [{ node: call.nameNode, message: `${call.command} is sent here` }] } : {}),
      };
    }
  },
};

function messageOf({ call, helper, loop, site }: LoopedCommand): string {
  if (loop.kind === 'forEach') {
    const failure = isHandled(site, loop.body) ? 'nor knows when they are done' : 'and a failure is an unhandled rejection';
    return `forEach sends ${call.command} for all items at once${helper ? ', by this helper,' : ''} but nobody waits for its async callbacks, ${failure}; write await Promise.all(list.map(async …)).`;
  }
  const trip = `${call.command} waits for a round trip per item${helper ? ', inside this helper' : ''} (200 items at 5 ms: over a second; one batch: 7 ms)`;
  if (/^(?:[LRS]POP|ZPOP)/.test(call.command) && call.args.list.length <= 1) return `${trip}; take many at once with its COUNT argument.`;
  return `${trip}; send the items in one batch.`;
}

/** In a `try` of the callback, which catches. */
function isHandled(site: ts.Node, body: ts.Node): boolean {
  for (let at = site; at !== body && at.parent; at = at.parent) if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return true;
  return false;
}

function calleeName(site: ts.CallExpression): ts.Node {
  return methodOf(site)?.nameNode ?? site.expression;
}
