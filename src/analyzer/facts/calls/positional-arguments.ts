/**
 * Arguments in the way of node-redis 3, one after the other, which from version 4 on are passed over in silence: `set(k, v, 'EX', 60)` sets no
 * TTL, `del(a, b)` deletes a. What each command takes was tried on 4.7.1, 5.12.1 and 6.3.1.
 */
import ts from 'typescript';
import type { RedisCall } from './redis-call.ts';

/** What a command takes at most, where the last may be a list. */
const most: Readonly<Record<string, number>> = {
  DEL: 1, UNLINK: 1, EXISTS: 1, TOUCH: 1, MGET: 1, MSET: 1, SINTER: 1, SUNION: 1, SDIFF: 1, WATCH: 1,
  SADD: 2, SREM: 2, HDEL: 2, ZREM: 2, HMGET: 2, LPUSH: 2, RPUSH: 2, PFADD: 2, SMISMEMBER: 2, ZMSCORE: 2, SUNIONSTORE: 2, SINTERSTORE: 2, SDIFFSTORE: 2,
};
/** Where one field and its value are two arguments. */
const pairs: Readonly<Record<string, number>> = { HSET: 3 };
/** Take words for options in an object. */
const words: Readonly<Record<string, RegExp>> = {
  SET: /^(?:EX|PX|EXAT|PXAT|KEEPTTL|NX|XX|GET)$/i,
  SCAN: /^(?:MATCH|COUNT|TYPE)$/i,
};
const firstWord: Readonly<Record<string, number>> = { SET: 2, SCAN: 1 };

export interface Positional {
  /** Those that should be a list: as many as are written, the first of which alone is sent. Empty where they are words. */
  list: readonly ts.Expression[];
  /** Those that should be an object: `'EX', 60`. */
  words: readonly ts.Expression[];
}

/** @param call of node-redis 4 or later */
export function positionalArguments({ command, node, spelling }: RedisCall): Positional | undefined {
  const given = node.arguments ?? [];
  if ((spelling !== 'method' && spelling !== 'upper') || given.some(isCommandOptions)) return undefined;
  const from = firstWord[command];
  if (from !== undefined) {
    const options = given.slice(from);
    const [first] = options;
    return first && ts.isStringLiteralLike(first) && words[command]?.test(first.text) ? { list: [], words: options } : undefined;
  }
  const limit = most[command];
  if (limit !== undefined) {
    const list = given.slice(limit - 1);
    return list.length > 1 || list.some(ts.isSpreadElement) ? { list, words: [] } : undefined;
  }
  const pair = pairs[command];
  return pair !== undefined && given.length > pair ? { list: given.slice(1), words: [] } : undefined;
}

/** Version 4: `commandOptions({ … })` stands before the others. */
const isCommandOptions = (node: ts.Expression): boolean => ts.isCallExpression(node) && node.expression.getText().endsWith('commandOptions');
