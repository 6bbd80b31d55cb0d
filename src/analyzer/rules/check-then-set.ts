/** Looked for, not found, written: two callers may both find nothing, and both go on. */
import { isClaimOfKey } from '../facts/together/claimed-key.ts';
import { jsonPath } from '../facts/values/json-path.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { isLockKey } from '../facts/keys/key-words.ts';
import { isClaim, isSerialized } from '../facts/together/serialized.ts';
import { planSetIfAbsent } from '../fixes/set-if-absent.ts';
import type { Rule } from './rule.ts';

const checks = new Set(['EXISTS', 'GET', 'JSON.GET']);
const writers = new Set(['SET', 'SETEX', 'PSETEX', 'JSON.SET']);

const checksAndWrites = new KeyPairs({
  name: 'check-then-set',
  isFirst: ({ command, receiver }) => checks.has(command) && receiver.kind !== 'multi' && receiver.kind !== 'pipeline',
  isSecond: (call) => writers.has(call.command) && !isClaim(call) && !call.args.flags.has('XX') && !call.args.flags.has('GET'),
  at: 'second',
  choose: 'nearest',
  // A string is no document.
  mayBePair: ({ call: check }, { call: write }) => check.command === 'EXISTS' || check.command.startsWith('JSON.') === write.command.startsWith('JSON.'),
});

export const checkThenSet: Rule = {
  meta: {
    id: 'check-then-set',
    summary: 'A key is claimed by a look whether it is there, and a SET; two callers can both find it free.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of checksAndWrites.in(file, workspace, (one) => isClaimOfKey(one, workspace) && !isSerialized(one, workspace))) {
      const { first, second } = pair;
      const isDocument = second.call.command === 'JSON.SET';
      // A part is written into a document that is there.
      if (isDocument && jsonPath(second.call, workspace.checker) !== '') continue;
      const direct = isDocument ? undefined : directPair(pair);
      const isLock = [first, second].some(({ call }) => call.args.keys.slice(0, 1).some(({ pattern }) => isLockKey(pattern)));
      const [check, write] = [first.call.command, second.call.command];
      yield {
        node: anchorName(second),
        ...(isLock ? { severity: 'error' as const } : {}),
        message: `Two callers can both find this ${isLock ? 'lock' : 'key'} free between ${check} and ${write}, and both go on; ${isDocument ? 'JSON.SET' : 'SET'} with NX looks and writes in one step.`,
        related: [{ node: first.call.nameNode, message: `${check} looks for the key here` }],
        ...(direct ? { fixes: () => planSetIfAbsent(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};
