/** Read, changed by the program, written back: what others wrote in between is gone. */
import { writesBackChanged } from '../facts/together/changed-value.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { isClaim, isSerialized } from '../facts/together/serialized.ts';
import { changeInPlace, planChangeInPlace } from '../fixes/change-in-place.ts';
import type { Rule } from './rule.ts';

const writersOf: Readonly<Record<string, ReadonlySet<string>>> = {
  GET: new Set(['SET', 'SETEX', 'PSETEX', 'GETSET']),
  GETEX: new Set(['SET', 'SETEX', 'PSETEX', 'GETSET']),
  HGET: new Set(['HSET', 'HMSET']),
  HMGET: new Set(['HSET', 'HMSET']),
  'JSON.GET': new Set(['JSON.SET']),
  HGETALL: new Set(['HSET', 'HMSET']),
};
const writers = new Set(Object.values(writersOf).flatMap((commands) => [...commands]));
/** SET … IFEQ writes only where the value is still the one that was read. */
const compares = /^IF[DN]?(?:EQ|NE)$/;

const readsAndWrites = new KeyPairs({
  name: 'read-modify-write',
  isFirst: ({ command, receiver }) => command in writersOf && receiver.kind !== 'multi' && receiver.kind !== 'pipeline',
  isSecond: (call) => writers.has(call.command) && !isClaim(call) && ![...call.args.flags].some((flag) => compares.test(flag)),
  at: 'second',
  choose: 'nearest',
  isPair: (first, second) => writersOf[first.call.command]?.has(second.call.command) ?? false,
});

export const readModifyWrite: Rule = {
  meta: {
    id: 'read-modify-write',
    summary: 'A value is read, changed by the program and written back; what others write in between is lost.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of readsAndWrites.in(file, workspace, (one) => writesBackChanged(one, workspace) && !isSerialized(one, workspace))) {
      const { first, second } = pair;
      const direct = directPair(pair);
      const change = direct && changeInPlace(direct.first, direct.second, workspace);
      const [read, write] = [first.call.command, second.call.command];
      const remedy = !change ? (read === 'JSON.GET' ? 'change the part alone (JSON.NUMINCRBY, JSON.MERGE), or WATCH it and write in MULTI' : 'WATCH it and write in MULTI, or change it in a script') : change.form.kind === 'appended' ? 'APPEND adds to it on the server' : `${change.field ? 'HINCRBY' : 'INCRBY'} adds to it on the server`;
      yield {
        node: anchorName(second),
        message: `What others write to this ${write.startsWith('H') ? 'field' : 'key'} between ${read} and ${write} is overwritten; ${remedy}.`,
        related: [{ node: first.call.nameNode, message: `the value is read by ${read} here` }],
        ...(direct ? { fixes: () => planChangeInPlace(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};
