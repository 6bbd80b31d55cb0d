/** A whole collection fetched only for its size: the server knows that number in constant time. */
import { constantText } from '../facts/code/fold.ts';
import { onlyCounted } from '../facts/replies/reply-values.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { pushBefore } from '../facts/together/push-before.ts';
import { planCountInsteadOfRange } from '../fixes/count-instead-of-range.ts';
import { planPushReply } from '../fixes/count-instead-of-range-push.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

/** Reads of everything, and the command that counts the same. */
const counters: Readonly<Record<string, string>> = {
  SMEMBERS: 'SCARD',
  HGETALL: 'HLEN',
  HKEYS: 'HLEN',
  HVALS: 'HLEN',
  LRANGE: 'LLEN',
  ZRANGE: 'ZCARD',
  ZREVRANGE: 'ZCARD',
  ZRANGEBYSCORE: 'ZCOUNT',
  ZREVRANGEBYSCORE: 'ZCOUNT',
  XRANGE: 'XLEN',
  XREVRANGE: 'XLEN',
};

const wholeRanges: Readonly<Record<string, readonly [string, string]>> = {
  LRANGE: ['0', '-1'],
  ZRANGE: ['0', '-1'],
  ZREVRANGE: ['0', '-1'],
  XRANGE: ['-', '+'],
  XREVRANGE: ['+', '-'],
};

/** The counting command, where a call reads a whole collection; undefined where it reads a part of it, or each entry twice. */
export function counterFor(call: RedisCall, checker: Workspace['checker']): string | undefined {
  const counter = counters[call.command];
  if (counter === undefined || call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi') return undefined;
  // ioredis flattens scores and values into the list: twice as long. node-redis gives one entry each.
  if (call.dialect === 'ioredis' && (call.args.flags.has('WITHSCORES') || call.args.flags.has('WITHVALUES'))) return undefined;
  if (['LIMIT', 'COUNT', 'BY', 'BYSCORE', 'BYLEX', '...'].some((flag) => call.args.flags.has(flag))) return undefined;
  if (call.args.options && call.args.flags.size > 0 && !call.args.flags.has('REV')) return undefined;
  const whole = wholeRanges[call.command];
  if (whole) {
    const [, from, to] = call.args.list;
    if (!from || !to || constantText(from, checker) !== whole[0] || negative(to, checker) !== whole[1]) return undefined;
  }
  return counter;
}

/** `-1` is a minus before a number, not a literal. */
function negative(node: Parameters<typeof constantText>[0], checker: Workspace['checker']): string | undefined {
  return constantText(node, checker) ?? (node.getText() === '-1' ? '-1' : undefined);
}

export const rangeForCount: Rule = {
  meta: {
    id: 'range-for-count',
    summary: 'A whole collection is read only for its size; the server knows that number at once.',
    severity: 'warning',
    fix: 'safe',
    category: 'latency',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const counter = counterFor(call, workspace.checker);
      if (counter !== undefined && onlyCounted(call, workspace)) {
        yield {
          node: call.nameNode,
          message: `${call.command} sends the whole collection only to be counted; ${counter} answers in constant time.`,
          fixes: () => planCountInsteadOfRange(call, counter, workspace),
        };
      }
      const push = call.command === 'LLEN' ? pushBefore(call, calls) : undefined;
      if (push) {
        yield {
          node: call.nameNode,
          message: `This round trip asks what the reply of ${push.command} just said: the list's length.`,
          related: [{ node: push.nameNode, message: `${push.command} replies with the new length` }],
          fixes: () => planPushReply(push, call, workspace),
        };
      }
    }
  },
};
