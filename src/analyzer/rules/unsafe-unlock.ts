/** A lock that is deleted by whoever comes to the end of its work, though it may have expired and be another's. */
import { anchorName, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { lockReleasesIn } from '../facts/together/lock-release.ts';
import { planCompareAndDelete } from '../fixes/compare-and-delete.ts';
import type { Rule } from './rule.ts';

export const unsafeUnlock: Rule = {
  meta: {
    id: 'unsafe-unlock',
    summary: 'A lock is deleted without comparing its token in the same step; it may have expired and be another holder\'s.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const lock of lockReleasesIn(file, workspace)) {
      const { release, claim, compared } = lock;
      const { command } = release.call;
      yield {
        node: anchorName(release),
        message: compared
          ? `The lock can expire after GET has compared its token, and ${command} then takes it from the next holder; compare and delete in one script.`
          : `Once the lock has expired it is another holder's, and ${command} takes it from them; delete it in a script that compares the token first.`,
        related: [...(claim ? [{ node: claim.nameNode, message: 'the lock is taken here' }] : []), ...(compared ? [{ node: compared.nameNode, message: 'its token is read here' }] : [])],
        fixes: () => planCompareAndDelete(lock, workspace),
      };
    }
  },
};
