/** A claim by SETNX, then its EXPIRE: a crash in between leaves a lock that nobody can take any more. */
import { isComparedByOrder } from '../facts/replies/compared-reply.ts';
import type { KeyEffect } from '../facts/keys/key-effects.ts';
import { anchorName, anchorOf, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { mayWrite, pathOf } from '../facts/together/pair-tests.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { answerOf, testOf } from '../facts/replies/reply-tests.ts';
import { planClaimWithTtl } from '../fixes/claim-with-ttl.ts';
import type { Rule } from './rule.ts';

const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

const isClaim = ({ command, args, receiver }: RedisCall): boolean => (command === 'SETNX' || (command === 'SET' && args.flags.has('NX') && !args.ttl)) && receiver.kind !== 'multi';

const claims = new KeyPairs({
  name: 'setnx-then-expire',
  isFirst: isClaim,
  // With NX or LT it gives a key that was left without a TTL one at the next attempt.
  isSecond: ({ command, args, receiver }) => expiries.has(command) && receiver.kind !== 'multi' && args.flags.size === 0,
  at: 'first',
  choose: 'nearest',
  mayBePair: (first, second) => !isOnlyAfterRefusal(first, second),
  // Written again meanwhile, it is no claim: `setnx(k, -1)`, `incr(k)`, `expire(k, …)` makes a counter.
  isPair: (_first, _second, between) => !between().some((effect) => mayWrite(effect) && !expiries.has(effect.call.command)),
});

/** Claims that hold their own deadline: who is refused reads it, and where it is past, takes the key over by SET or GETSET. */
const deadlines = new KeyPairs({
  name: 'setnx-then-get',
  isFirst: isClaim,
  isSecond: ({ command }) => command === 'GET',
  at: 'first',
  rarer: 'first',
  choose: 'nearest',
  isPair: (_first, _second, _between, after) => after().some(({ call }) => call.command === 'SET' || call.command === 'GETSET'),
});

/** Whether EXPIRE is sent only where somebody else holds the key. */
function isOnlyAfterRefusal(first: KeyEffect, second: KeyEffect): boolean {
  const path = pathOf(first, second);
  return path?.conditions.some((condition) => {
    const test = testOf(condition, path.reply);
    return test !== undefined && answerOf(test) === 'no';
  }) ?? false;
}

export const setnxThenExpire: Rule = {
  meta: {
    id: 'setnx-then-expire',
    summary: 'A key is claimed by SETNX and given its TTL by a second command; a crash in between leaves it claimed for ever.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
    confidence: 'name',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    const found = claims.in(file, workspace);
    const heal = new Set(found.length > 0 ? deadlines.in(file, workspace, ({ second }) => isComparedByOrder(second.call, workspace)).map(({ first }) => anchorOf(first)) : []);
    for (const pair of found) {
      const { first, second } = pair;
      const direct = directPair(pair);
      const written = first.call.command === 'SET' ? 'SET … NX' : first.call.command;
      const queued = first.call.receiver.kind === 'pipeline' && second.call.receiver.kind === 'pipeline';
      const always = queued || pathOf(first, second)?.conditions.length === 0;
      const heals = heal.has(anchorOf(first));
      yield {
        node: anchorName(first),
        ...(queued || heals ? { severity: 'warning' as const } : {}),
        message: always
          ? `${second.call.command} after ${written} also runs when somebody else holds the key, and prolongs it; SET takes NX and the TTL in one command.`
          : heals
            ? `If ${second.call.command} is not reached after ${written}, the key stays until a later caller finds its deadline past and takes it over; SET takes NX and the TTL in one command.`
            : `If ${second.call.command} is not reached after ${written}, the key stays claimed for ever; SET takes NX and the TTL in one command.`,
        related: [{ node: second.call.nameNode, message: `the TTL is set by ${second.call.command} here` }],
        ...(direct ? { fixes: () => planClaimWithTtl(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};
