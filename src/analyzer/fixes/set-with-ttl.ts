/**
 * SET, then EXPIRE → one SET with the TTL. The same in every way where both always run, one right after the other, and the TTL is
 * positive: EXPIRE deletes the key for a TTL of 0 or less, which SET refuses.
 */
import ts from 'typescript';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { ttlArguments } from '../dialects/write/set-ttl.ts';
import { adjacentPair } from './set-with-ttl-pair.ts';
import { positiveInteger } from './set-with-ttl-number.ts';
import { absorbStatement } from './text/absorb.ts';
import { commentText, leadingComments } from './text/comments.ts';
import { insertAt } from './text/edits.ts';
import { styleOf } from './text/style.ts';

/** @param set a SET; @param expire the EXPIRE or PEXPIRE that gives its key a TTL; [] where they cannot become one */
export function planSetWithTtl(set: RedisCall, expire: RedisCall, workspace: Pick<Workspace, 'checker'>): FixPlan[] {
  const { ttl } = expire.args;
  if (set.command !== 'SET' || !isPlain(set) || !isPlain(expire) || !ttl?.node || (ttl.unit !== 'EX' && ttl.unit !== 'PX')) return [];
  if (set.receiver.kind === 'pipeline' || set.receiver.kind === 'multi') return [];
  const pair = adjacentPair(set, expire);
  const value = set.args.list[1];
  if (!pair || !value || ts.isSpreadElement(value)) return [];
  // A directive speaks of the line below it, which goes.
  if (leadingComments(pair.expireStatement).some((comment) => /@ts-|eslint-|biome-|prettier-/.test(commentText(set.sourceFile, comment)))) return [];
  const number = positiveInteger(ttl.node, workspace.checker);
  if (!number) return [];
  const style = styleOf(set.sourceFile);
  const unit = ttl.unit;
  const edits: TextEdit[] = [
    insertAt(set.sourceFile, value.end, ttlArguments(set, unit, ttl.node.getText(), style)),
    ...absorbStatement(pair.setStatement, pair.expireStatement, ttl.node),
  ];
  return [
    {
      id: 'set-with-ttl',
      title: `Give the TTL with the SET itself (${unit})`,
      kind: number === 'constant' ? 'safe' : 'suggest',
      // Two that are not waited for leave in one packet.
      keeps: { replies: 'same', keyspace: 'same', roundTrips: set.use.kind === 'awaited' ? 'fewer' : 'same' },
      edits,
    },
  ];
}

/** Key and one argument, nothing else. */
function isPlain({ args, callback, spelling }: RedisCall): boolean {
  return args.list.length === 2 && !args.options && args.flags.size === 0 && !callback && spelling !== 'alias' && !args.list.some(ts.isSpreadElement);
}
