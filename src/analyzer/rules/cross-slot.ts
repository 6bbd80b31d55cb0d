/** A cluster serves a command, a MULTI or a script only where all its keys lie in one slot. */
import { crossingSlots, type CrossingSlots } from '../facts/keys/crossing-slots.ts';
import { planCommandPerKey } from '../fixes/command-per-key.ts';
import { singleKeyMethod } from '../dialects/write/single-key.ts';
import type { Rule } from './rule.ts';

export const crossSlot: Rule = {
  meta: {
    id: 'cross-slot',
    summary: 'A command, MULTI or script on a cluster has keys of more than one slot, and is refused.',
    severity: 'error',
    fix: 'suggest',
    category: 'cluster',
  },
  *check({ calls }, workspace) {
    for (const found of crossingSlots(calls, workspace)) {
      yield {
        node: found.call.nameNode,
        message: messageOf(found),
        related: found.before ? [{ node: found.before.nameNode, message: 'a key of another slot' }] : found.keys.map((node) => ({ node, message: found.keys.length > 1 ? 'a key of another slot' : 'keys of many slots' })),
        ...(found.before ? {} : { fixes: () => planCommandPerKey(found.call, workspace) }),
      };
    }
  },
};

function messageOf({ call, before }: CrossingSlots): string {
  const what = before ? 'all of a MULTI' : /^(?:EVAL|FCALL)/.test(call.command) ? 'a script' : call.command;
  const remedy = !before && singleKeyMethod(call) ? 'send one command for each key, or give the keys a common {tag}' : 'give the keys a common {tag}';
  return `A cluster refuses ${what} whose keys lie in more than one slot (CROSSSLOT); ${remedy}.`;
}
