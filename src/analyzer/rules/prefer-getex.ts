/** GET, then EXPIRE of the same key: GETEX does both in one round trip. */
import type { KeyEffect } from '../facts/keys/key-effects.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { isSentAlone, needsWhatFollows, pathOf } from '../facts/together/pair-tests.ts';
import { answerOf, testOf } from '../facts/replies/reply-tests.ts';
import { planGetex } from '../fixes/getex.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Rule } from './rule.ts';

const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

const reads = new KeyPairs({
  name: 'prefer-getex',
  isFirst: ({ command }) => command === 'GET',
  // GETEX has no NX, XX, GT or LT.
  isSecond: ({ command, args }) => expiries.has(command) && args.flags.size === 0,
  at: 'second',
  choose: 'nearest',
  inTests: 'adjacent',
  mayBePair: (get, expire) => isSentAlone(get) && isSentAlone(expire) && isAlsoSentByGet(get, expire),
  // After a write the TTL is of that; after TTL, EXISTS and the like, of what these have found.
  isPair: (_get, _expire, between) => between().length === 0,
});

/** Whether nothing but that the key is there decides about EXPIRE, and its time is known before GET. */
function isAlsoSentByGet(get: KeyEffect, expire: KeyEffect): boolean {
  const path = pathOf(get, expire);
  if (!path) return false;
  const isPresence = path.conditions.every((condition) => {
    const test = testOf(condition, path.reply);
    return test !== undefined && answerOf(test) === 'yes' && !/^(?:1|true|'OK'|"OK")$/.test(test.other?.getText() ?? '');
  });
  return isPresence && !expire.site.arguments.some((argument) => needsWhatFollows(argument, get.site));
}

export const preferGetex: Rule = {
  meta: {
    id: 'prefer-getex',
    summary: 'A value is read and its TTL renewed by a second command; GETEX does both in one round trip.',
    severity: 'information',
    fix: 'safe',
    category: 'latency',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    if (!isServerAtLeast('6.2', file.sourceFile.fileName, workspace.layout)) return;
    for (const pair of reads.in(file, workspace)) {
      const { first, second } = pair;
      const direct = directPair(pair);
      yield {
        node: anchorName(second),
        message: `This ${second.call.command} is a second round trip after GET of the same key; GETEX reads it and renews its TTL in one.`,
        related: [{ node: first.call.nameNode, message: 'the key is read by GET here' }],
        ...(direct ? { fixes: () => planGetex(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};
