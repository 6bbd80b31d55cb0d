/** Write, then EXPIRE: two commands where one would do, and a key that never expires when the second is not sent. */
import ts from 'typescript';
import { wrapped } from '../facts/code/ast.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots } from '../facts/together/key-pairs.ts';
import { msetsThenExpired } from '../facts/together/mset-then-expire.ts';
import { deepest } from '../facts/code/units.ts';
import { planSetWithTtl } from '../fixes/set-with-ttl.ts';
import { planMulti } from '../fixes/set-with-ttl-multi.ts';
import type { Rule } from './rule.ts';

/** A counter that is a key of its own is another rule's; one in a hash or a sorted set leaves that for ever like any other write. */
const writers = new Set([
  'SET', 'GETSET', 'HSET', 'HMSET', 'HSETNX', 'HINCRBY', 'HINCRBYFLOAT', 'SADD', 'ZADD', 'ZINCRBY', 'LPUSH', 'RPUSH', 'APPEND', 'SETRANGE', 'SETBIT',
  'PFADD', 'PFMERGE', 'GEOADD', 'XADD', 'JSON.SET', 'SUNIONSTORE', 'SINTERSTORE', 'SDIFFSTORE', 'ZUNIONSTORE', 'ZINTERSTORE', 'ZRANGESTORE',
]);
/** After these the EXPIRE is not of what was written before; nor is it after a GET of what was SET, which is a step of its own. */
const removals = new Set(['DEL', 'UNLINK', 'GETDEL', 'RENAME', 'RENAMENX']);
const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

const expiringWrites = new KeyPairs({
  name: 'set-then-expire',
  isFirst: ({ command, args, receiver }) => writers.has(command) && receiver.kind !== 'multi' && !args.ttl && !args.flags.has('NX'),
  isSecond: ({ command, args, receiver }) => expiries.has(command) && receiver.kind !== 'multi' && !args.flags.has('NX'),
  at: 'first',
  choose: 'earliest',
  inTests: 'adjacent',
  reach: deepest,
  isPair: ({ call: write }, _expire, between) => !between().some(({ call: { command } }) => removals.has(command) || (write.command === 'SET' && command === 'GET')),
});

/** `Promise.all([redis.hset(key, fields), redis.expire(key, 60)])`: in one burst. */
function areTogether(write: ts.Expression, expire: ts.Expression): boolean {
  const list = wrapped(write).parent;
  return ts.isArrayLiteralExpression(list) && wrapped(expire).parent === list && ts.isCallExpression(wrapped(list).parent);
}

export const setThenExpire: Rule = {
  meta: {
    id: 'set-then-expire',
    summary: 'A key is written and given its TTL by a second command; a crash in between leaves it for ever.',
    severity: 'warning',
    fix: 'safe',
    category: 'correctness',
    confidence: 'name',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const { mset, expire } of msetsThenExpired(file, workspace)) {
      yield {
        node: mset.nameNode,
        ...(mset.receiver.kind === 'pipeline' ? { severity: 'hint' as const } : {}),
        message: `If not every ${expire.command} is reached after MSET, the keys that are left never expire; send SET with the TTL for each, all in one MULTI.`,
        related: [{ node: expire.nameNode, message: `each TTL is set by ${expire.command} here` }],
      };
    }
    for (const pair of expiringWrites.in(file, workspace)) {
      const { first: write, second: expire } = pair;
      const direct = directPair(pair);
      // Sent at once, but not atomic.
      const queued = write.call.receiver.kind === 'pipeline' && expire.call.receiver.kind === 'pipeline';
      const isBurst = queued || areTogether(write.site, expire.site);
      const remedy = write.call.command === 'SET' ? 'give the TTL with the SET itself' : 'send both in one MULTI';
      yield {
        node: anchorName(write),
        ...(isBurst ? { severity: 'hint' as const } : {}),
        message: isBurst
          ? `${queued ? 'A pipeline' : 'What is sent together'} is not atomic: if ${expire.call.command} is lost after ${write.call.command}, the key never expires; ${remedy}.`
          : `If ${expire.call.command} is not reached after ${write.call.command}, the key never expires, and each costs a round trip; ${remedy}.`,
        related: [{ node: expire.call.nameNode, message: `the TTL is set by ${expire.call.command} here` }],
        ...(direct ? { fixes: () => [...planSetWithTtl(direct.first, direct.second, workspace), ...planMulti(direct.first, direct.second, workspace)] } : {}),
      };
    }
  },
};
