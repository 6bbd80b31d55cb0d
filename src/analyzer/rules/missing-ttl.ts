/** A session, a token, a cached page, a lock without a TTL: it stays until somebody deletes it, or memory runs out. */
import { patternText } from '../../redis/key-pattern.ts';
import { droppedTtl } from '../facts/values/dropped-ttl.ts';
import { expiries, leavesNoTtl, mayGiveTtl } from '../facts/keys/key-lifetime.ts';
import { wordsOf } from '../facts/keys/key-reach.ts';
import { keyUsesIn, seekKeyUses, unknownUses, usesOfSameKeys } from '../facts/keys/key-uses.ts';
import { lastingLocks } from '../facts/together/lasting-locks.ts';
import { passingWord } from '../facts/keys/passing-words.ts';
import { planAddTtl } from '../fixes/add-ttl.ts';
import type { Rule } from './rule.ts';

export const missingTtl: Rule = {
  meta: {
    id: 'missing-ttl',
    summary: 'A key that is for a while only (cache, session, token, otp, lock, limit) is set without a TTL.',
    severity: 'warning',
    fix: 'suggest',
    category: 'memory',
    options: { words: { kind: 'strings', default: [], description: 'Further words, in lower case, by which a key says that it is for a while only.' } },
  },
  seek: seekKeyUses,
  *check(file, workspace, { words }) {
    const { region } = file;
    for (const claim of lastingLocks(file, workspace)) {
      yield {
        node: claim.nameNode,
        message: 'Nothing gives this lock a TTL: if its holder stops before it lets go, nobody gets it again; set a TTL with the value (EX).',
        fixes: () => planAddTtl(claim, 30, workspace),
      };
    }
    for (const use of keyUsesIn(region, workspace)) {
      if (use.listed || !leavesNoTtl(use.call, workspace.checker)) continue;
      const passing = passingWord(wordsOf(use.parts), words as readonly string[]);
      if (!passing || usesOfSameKeys(use, workspace).some(({ call }) => mayGiveTtl(call, workspace))) continue;
      // An EXPIRE of keys that are not known, close by, may well be of these.
      if (unknownUses(workspace).some((call) => expiries.has(call.command) && [use.call.sourceFile, use.anchor.getSourceFile()].includes(call.sourceFile))) continue;
      if (droppedTtl(use, workspace)) continue;
      yield {
        node: use.anchor,
        message: `Nothing gives \`${patternText(use.parts)}\` a TTL: each such key stays in memory until something deletes it; ${use.call.command === 'JSON.SET' ? 'send EXPIRE with it in one MULTI' : 'set a TTL with the value (EX)'}.`,
        ...(use.wrappers.length === 0 ? { fixes: () => planAddTtl(use.call, passing.seconds, workspace) } : {}),
      };
    }
  },
};
