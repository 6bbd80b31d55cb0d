/** A counter and its window by two commands: lost in between, it counts for ever; sent at every hit, the window never ends. */
import type ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots, type KeyPair } from '../facts/together/key-pairs.ts';
import { isOfPeriod, windowOf } from '../facts/together/counter-window.ts';
import { waitsBetween } from '../facts/together/pair-tests.ts';
import { regionOf } from '../facts/calls/regions.ts';
import { unitOf } from '../facts/code/units.ts';
import { planCountInWindow } from '../fixes/count-in-window.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

const counters = new KeyPairs({
  name: 'incr-then-expire',
  isFirst: ({ command, receiver }) => (command === 'INCR' || command === 'INCRBY') && receiver.kind !== 'multi' && receiver.kind !== 'pipeline',
  // NX and LT give a counter its window once, and again after a crash.
  isSecond: ({ command, args, receiver }) => expiries.has(command) && receiver.kind !== 'multi' && receiver.kind !== 'pipeline' && args.flags.size === 0,
  at: 'first',
  choose: 'nearest',
  mayBePair: (first, second) => windowOf(first, second) !== undefined,
});

export const incrThenExpire: Rule = {
  meta: {
    id: 'incr-then-expire',
    summary: 'A counter is given its window by a second command: lost, it counts for ever; sent at every hit, the window never ends.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
    confidence: 'name',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of counters.in(file, workspace)) {
      const { first, second } = pair;
      const direct = directPair(pair);
      const [incr, expire] = [first.call.command, second.call.command];
      const window = windowOf(first, second);
      if (window === 'unguarded' && !waitsForOther(pair, workspace)) continue;
      const slides = window === 'sliding';
      yield {
        node: anchorName(first),
        ...(slides || window === 'unguarded' ? { severity: 'information' as const } : {}),
        message: slides
          ? `${expire} at every hit moves the end of the window, which so never comes for who keeps trying; ${expire} … NX, or a script, sets it once.`
          : window === 'unguarded'
            ? `Other work is waited for between ${incr} and ${expire}: if that fails, the counter stays without a TTL until it is next hit; send both at once.`
            : `If ${expire} is not reached after the first ${incr}, the counter never expires${isOfPeriod(first) ? '' : ' and its limit holds for ever'}; send both at once.`,
        related: [{ node: second.call.nameNode, message: `the window is set by ${expire} here` }],
        ...(direct && window !== 'unguarded' ? { fixes: () => planCountInWindow(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};


/** For more than other commands: statistics send several in a row. */
function waitsForOther({ first, second }: KeyPair, workspace: Workspace): boolean {
  const commands = new Set<ts.Node>(workspace.callsIn(unitOf(first.site) ?? regionOf(first.site)).map(({ node }) => node));
  return waitsBetween(first.site, second.site, ({ expression }) => !commands.has(unwrap(expression)));
}
