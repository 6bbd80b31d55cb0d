/** Read, then deleted: two callers may both read a token that is to be used once, and what joins a list in between is lost. */
import { consumptionOf, type Consumption } from '../facts/together/consumed-key.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots, type KeyPair } from '../facts/together/key-pairs.ts';
import type { KeyEffect } from '../facts/keys/key-effects.ts';
import { isSerialized } from '../facts/together/serialized.ts';
import { planDrainAside } from '../fixes/drain-aside.ts';
import { planGetdel, planReadAndDelete } from '../fixes/read-and-delete.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { FixPlan, Rule } from './rule.ts';

const collections: Readonly<Record<string, string>> = { SMEMBERS: 'set', LRANGE: 'list', ZRANGE: 'sorted set', HGETALL: 'hash' };

const readsAndDeletions = new KeyPairs({
  name: 'read-then-delete',
  isFirst: ({ command, receiver }) => (command === 'GET' || command === 'HGET' || command in collections) && receiver.kind !== 'multi' && receiver.kind !== 'pipeline',
  isSecond: ({ command }) => command === 'DEL' || command === 'UNLINK' || command === 'HDEL',
  at: 'second',
  choose: 'nearest',
  // One field is read and removed, or the key; a hash that goes with all its fields is more than what was read.
  isPair: (first, second) => (first.call.command === 'HGET') === (second.call.command === 'HDEL') && (first.call.command !== 'HGET' || isOneField(first, second)),
});

const isOneField = (first: KeyEffect, second: KeyEffect): boolean => {
  const [read, removed, ...more] = [first.call.args.list[1], ...second.call.args.list.slice(1)];
  return first.site === first.call.node && second.site === second.call.node && read !== undefined && more.length === 0 && read.getText() === removed?.getText();
};

export const readThenDelete: Rule = {
  meta: {
    id: 'read-then-delete',
    summary: 'A value is read once and deleted by a second command; two callers can both have it, or what comes in between is lost.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
    confidence: 'name',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of readsAndDeletions.in(file, workspace, (one) => consumptionOf(one, workspace) !== undefined && !isSerialized(one, workspace))) {
      const consumption = consumptionOf(pair, workspace);
      const direct = directPair(pair);
      if (!consumption) continue;
      yield {
        node: anchorName(pair.second),
        message: messageOf(pair, consumption),
        related: [{ node: pair.first.call.nameNode, message: `it is read by ${pair.first.call.command} here` }],
        ...(direct && consumption !== 'compared' && consumption !== 'taken' && pair.first.call.command !== 'HGET'
          ? { fixes: () => plansFor(consumption, direct.first, direct.second, workspace) }
          : {}),
      };
    }
  },
};

/** The simplest that is right: GETDEL; one MULTI; and where work is done in between, which has to be done again after a crash, the key set aside. */
function plansFor(consumption: Consumption, read: RedisCall, del: RedisCall, workspace: Workspace): FixPlan[] {
  const planners = consumption === 'once' ? [planGetdel, planReadAndDelete] : [planReadAndDelete, planDrainAside];
  for (const plan of planners) {
    const plans = plan(read, del, workspace);
    if (plans.length > 0) return plans;
  }
  return [];
}

function messageOf({ first, second }: KeyPair, consumption: Consumption): string {
  const [read, del] = [first.call.command, second.call.command];
  if (read === 'HGET' && consumption === 'once') return `Two callers can both read this field before either removes it, and both go on; HGETDEL (8.0) reads and removes in one step, before that a script.`;
  if (consumption === 'taken') return `Two callers can both read this before either deletes it, and both go on; the one whose ${del} answers 1 has it, or a script reads and deletes.`;
  if (consumption === 'once') return `Two callers can both read this value before either deletes it, and both go on; GETDEL reads and deletes in one step.`;
  if (consumption === 'compared') return `Two callers can both compare this value before either deletes it, and both go on; the one whose ${del} answers 1 has it, or a script compares and deletes.`;
  return `What joins this ${collections[read] ?? 'key'} between ${read} and ${del} is lost; RENAME it first and read that, or send both in one MULTI.`;
}
