/** DEL, then the writes that fill the key again: whoever reads in between finds nothing. */
import ts from 'typescript';
import { isFunctionWithBody } from '../facts/code/ast.ts';
import { isConditional } from '../facts/code/conditional.ts';
import type { KeyEffect } from '../facts/keys/key-effects.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { isAtomic, queueOf } from '../facts/calls/queue.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { runOf } from '../facts/code/run.ts';
import { planRebuildAside } from '../fixes/rebuild-aside.ts';
import { planRebuildInMulti } from '../fixes/rebuild-in-multi.ts';
import { isReadOnly } from '../../redis/commands.ts';
import type { Rule } from './rule.ts';

const removals = new Set(['DEL', 'UNLINK']);
/** Those that add to what is there. SET and the *STORE commands replace it, so that no DEL is needed before them. */
const fills = new Set(['HSET', 'HMSET', 'SADD', 'ZADD', 'LPUSH', 'RPUSH', 'GEOADD', 'PFADD', 'XADD']);
/** What is done at last to a key of which no reader knows. */
const afterScratch = new Set(['RENAME', 'RENAMENX', 'COPY', 'DEL', 'UNLINK', 'GETDEL']);

const rebuilds = new KeyPairs({
  name: 'rebuild-gap',
  isFirst: (call) => removals.has(call.command) && !isAtomic(call),
  isSecond: ({ command }) => fills.has(command),
  at: 'first',
  choose: 'nearest',
  // What a test deletes first is its own, and nobody else reads it.
  inTests: 'none',
  isPair: (first, second, between, after) =>
    isInCourse(first, second) && !isReplyRead(first.call) && !between().some(({ call }) => isReadOnly(call.command)) && !after().some(({ call }) => afterScratch.has(call.command)),
});

/** The DEL comes first whatever happens, and the write in the course of the same run: not where an event brings it. */
function isInCourse({ site: first }: KeyEffect, { site: second }: KeyEffect): boolean {
  const waits = (call: ts.Node): boolean => call === first;
  return !isConditional(first, second) && runOf(first, waits) === runOf(second, waits);
}

/** `if (await redis.del(key)) …`: a claim, not a removal before a write. */
function isReplyRead({ use, callback }: RedisCall): boolean {
  if (callback) return isFunctionWithBody(callback) && callback.parameters.length > 1;
  if (use.kind !== 'awaited' && use.kind !== 'argument') return false;
  const { parent } = use.value;
  return !(ts.isExpressionStatement(parent) || ts.isPropertyAccessExpression(parent) || ts.isArrowFunction(parent) || ts.isArrayLiteralExpression(parent));
}

export const rebuildGap: Rule = {
  meta: {
    id: 'rebuild-gap',
    summary: 'A key is deleted and then filled again; readers in between find it empty.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of rebuilds.in(file, workspace)) {
      const { first: removal, second: write } = pair;
      const direct = directPair(pair);
      const isPiped = queueOf(removal.call.node) !== undefined && queueOf(removal.call.node)?.made === queueOf(write.call.node)?.made;
      const gap = `between ${removal.call.command} and ${write.call.command} readers find the key empty, and it stays so if the rest is lost`;
      yield {
        node: anchorName(removal),
        message: isPiped ? `A pipeline is not atomic: ${gap}; send it as MULTI.` : `B${gap.slice(1)}; send both in one MULTI, or fill another key and RENAME it.`,
        related: [{ node: write.call.nameNode, message: `the key is filled again by ${write.call.command} here` }],
        ...(direct ? { fixes: () => [...planRebuildInMulti(direct.first, direct.second, workspace), ...planRebuildAside(direct.first, direct.second, workspace)] } : {}),
      };
    }
  },
};
