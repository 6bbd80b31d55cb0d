/** One command with as many keys or members as a whole collection has: it holds the server, and the memory of both sides, for as long. */
import ts from 'typescript';
import { isCounted } from '../facts/values/bounded-list.ts';
import { mayCrossSlots } from '../facts/keys/crossing-slots.ts';
import { combinesKeys, isList, listArgument, type ListArgument } from '../facts/calls/list-argument.ts';
import { listOrigin } from '../facts/values/list-origin.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planCommandPerKey } from '../fixes/command-per-key.ts';
import { planChunks } from '../fixes/cut-into-chunks.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { FixPlan, Rule } from './rule.ts';

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
      if (!given || combinesKeys(call.command) || isRebuild(call, calls)) continue;
      const origin = listOrigin(given.list, workspace);
      if (!origin.whole || isCounted(given.list, origin.same) || !isList(given, origin, workspace.checker)) continue;
      const { source } = origin;
      const way = call.receiver.kind === 'multi' ? 'outside' : mayCrossSlots(call, given.list, workspace) ? 'each' : 'chunks';
      const what = origin.kind === 'query' ? 'the rows of a query' : 'a whole collection';
      yield {
        node: call.nameNode,
        message: `This ${call.command} names every element of ${what}: it holds the server for as long as the list is; ${remedies[way].say}.`,
        ...(source && !ts.isVariableDeclaration(source) ? { related: [{ node: source, message: 'the list comes from here, of any length' }] } : {}),
        fixes: () => remedies[way].plan(call, given, workspace),
      };
    }
  },
};

/** Filled again in the MULTI that removes it, so that nobody sees it half full: in one piece on purpose. */
function isRebuild({ command, receiver, args }: RedisCall, calls: readonly RedisCall[]): boolean {
  const [key] = args.keys;
  if (receiver.kind !== 'multi' || !key || /^(?:DEL|UNLINK)$/.test(command)) return false;
  return calls.some((other) => other.receiver.kind === 'multi' && /^(?:DEL|UNLINK)$/.test(other.command) && other.args.keys.some(({ identity }) => identity === key.identity));
}

interface Remedy {
  say: string;
  plan(call: RedisCall, given: ListArgument, workspace: Workspace): readonly FixPlan[];
}

const remedies: Readonly<Record<'chunks' | 'each' | 'outside', Remedy>> = {
  chunks: { say: 'send it in chunks of some hundreds', plan: planChunks },
  each: { say: 'on a cluster it is refused, as parts of it are, where the keys lie in several slots, so send one command for each key', plan: (call, _given, workspace) => planCommandPerKey(call, workspace) },
  outside: { say: 'parts of it within one MULTI would, too; take it out of the transaction and send it in chunks, or keep the list short', plan: () => [] },
};
