/**
 * A whole collection read only for its size → the command that counts it. Wherever the list was, the number is now: the
 * variable, parameter or helper that held it is followed, and `x.length` and `Object.keys(x).length` become the number itself.
 */
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { countingCall } from './count-instead-of-range-call.ts';
import { countingUses } from './count-instead-of-range-uses.ts';

/**
 * @param call a read of a whole collection, of which nothing but the size is used (`onlyCounted`)
 * @param counter the command that says the size
 * @returns [] where the code around cannot take a number instead
 */
export function planCountInsteadOfRange(call: RedisCall, counter: string, workspace: Workspace): FixPlan[] {
  if (call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi' || call.spelling === 'alias') return [];
  const sent = countingCall(call, counter);
  const used = sent && countingUses(call, workspace);
  if (!sent || !used || used.edits.length === 0) return [];
  return [
    {
      id: 'count',
      title: used.helpers.length > 0 ? `Let ${counter} count, and ${used.helpers.join(', ')} return the number` : `Let ${counter} count instead of fetching all`,
      // A helper that returns something else is a matter for those who call it.
      kind: used.helpers.length > 0 || repliesMayDiffer(call, workspace) ? 'suggest' : 'safe',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [...sent, ...used.edits],
    },
  ];
}

/** Clients can be told to give numbers as strings, which a length never is; and node-redis 3 gives null for a hash that is not there. */
const numbersAsText = ['stringNumbers', 'typeMapping'];

function repliesMayDiffer(call: RedisCall, workspace: Workspace): boolean {
  if (call.command === 'HGETALL' && call.dialect === 'node-redis' && call.major === 3) return true;
  const { node } = call.receiver;
  const declaration = node && workspace.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (`${node?.getText()} ${declaration?.getText()}`.includes('withTypeMapping')) return true;
  return workspace.isAnyMentioned(numbersAsText);
}
