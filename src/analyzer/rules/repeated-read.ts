/** The same read twice with nothing in between, or once per request of a key that requests never change: round trips for what is known. */
import type { KeyEffect } from '../facts/key-effects.ts';
import { isConditional } from '../facts/conditional.ts';
import { identityOf, keyPattern } from '../facts/fold.ts';
import { isHotRead } from '../facts/hot-key.ts';
import { KeyPairs, seekKeyRoots, siteName, type KeyPair } from '../facts/key-pairs.ts';
import { isPureRead, isPureReader, isUndisturbed } from '../facts/pure-read.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import { runOf } from '../facts/run.ts';
import { unitOf } from '../facts/units.ts';
import { enclosingLoop } from '../facts/loop.ts';
import { contains } from '../facts/ast.ts';
import { planReuseReply } from '../fixes/reuse-reply.ts';
import { isUnchanging } from '../fixes/text/purity.ts';
import { isReadOnly } from '../../redis/commands.ts';
import type ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

const isRead = ({ command, receiver, use }: RedisCall): boolean =>
  isPureRead(command) && receiver.kind !== 'pipeline' && receiver.kind !== 'multi' && use.kind !== 'floating' && use.kind !== 'void' && use.kind !== 'callback';

const repeats = new KeyPairs({
  name: 'repeated-read',
  isFirst: isRead,
  isSecond: isRead,
  at: 'second',
  onSite: true,
  reach: 1,
  choose: 'nearest',
  mayBePair: (first, second) => {
    const [one, other] = [first.call, second.call];
    return one.command === other.command && one.args.list.length === other.args.list.length && one.nameNode.getText() === other.nameNode.getText() && isInCourse(first, second);
  },
  isPair: (_first, _second, between) => between().every(({ call }) => isReadOnly(call.command)),
});

/** The first is sent whenever the second is, in the same run. */
function isInCourse({ site: first }: KeyEffect, { site: second }: KeyEffect): boolean {
  const loop = enclosingLoop(second);
  return !isConditional(first, second) && runOf(first) === runOf(second) && (!loop || contains(loop.node, first));
}

export const repeatedRead: Rule = {
  meta: {
    id: 'repeated-read',
    summary: 'A value is read again that is known already, or by every request though no request changes it.',
    severity: 'information',
    fix: 'suggest',
    category: 'latency',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    const found = new Set<ts.Node>();
    for (const pair of repeats.in(file, workspace)) {
      if (!isSame(pair, workspace)) continue;
      const { first, second } = pair;
      found.add(second.site);
      yield {
        node: siteName(second),
        message: `The same ${second.call.command} was sent above, and nothing was written or waited for since; use that reply and save the round trip.`,
        related: [{ node: siteName(first), message: 'the first read is here' }],
        fixes: () => planReuseReply(first.site, second.site, second.call.command, workspace),
      };
    }
    for (const call of file.calls) {
      if (found.has(call.node) || !isHotRead(call, workspace)) continue;
      yield { node: call.nameNode, message: `Every request reads this one key, which no request changes: a round trip each, all on one node; keep the value in memory for a few seconds.` };
    }
  },
};

/** Both give the same: of one command with equal arguments, or a helper that does nothing else. */
function isSame({ first, second }: KeyPair, workspace: Workspace): boolean {
  for (const { site, call } of [first, second]) {
    if (site === call.node) continue;
    const unit = workspace.called(site);
    if (!unit || unit !== unitOf(call.node) || !isPureReader(unit, call, workspace)) return false;
  }
  const isDirect = first.site === first.call.node && second.site === second.call.node;
  const areAlike = isDirect ? equal(first.call.args.list, second.call.args.list, workspace)
    : first.call === second.call ? equal(first.site.arguments, second.site.arguments, workspace)
    : first.call.args.list.length === first.call.args.keys.length && second.call.args.list.length === second.call.args.keys.length && first.call.args.keys.length === 1;
  return areAlike && isUndisturbed(first.site, second.site, workspace);
}

function equal(one: readonly ts.Expression[], other: readonly ts.Expression[], { checker }: Workspace): boolean {
  return one.length === other.length && one.every((argument, index) => {
    const second = other[index];
    if (!second) return false;
    const identity = identityOf(keyPattern(argument, checker));
    return (!identity.includes('{?') && identity === identityOf(keyPattern(second, checker))) || (argument.getText() === second.getText() && isUnchanging(argument, checker));
  });
}
