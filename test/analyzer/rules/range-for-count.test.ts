import { describe, expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('range-for-count', `${clients}export async function f(k: string, from: number, log: (...all: unknown[]) => void) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['emptiness', 'if ((await redis.smembers(k)).length === 0) log();'],
    ['the keys of an object', 'log(Object.keys(await redis.hgetall(k)).length);'],
    ['a destructured length', 'const { length } = await redis.lrange(k, 0, -1);\nlog(length);'],
    ['scores that are one entry each', 'log((await client.zRangeWithScores(k, 0, -1)).length);'],
    ['an interval of scores', 'log((await redis.zrangebyscore(k, from, "+inf")).length);'],
    ['a chain', 'return redis.hkeys(k).then((keys) => keys.length);'],
    ['LLEN after a push that says it', 'await redis.rpush(k, "a");\nlog(await redis.llen(k));'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a list that is used besides', 'const all = await redis.smembers(k);\nlog(all.length, all[0]);'],
    ['a part of it', 'log((await redis.lrange(k, 0, 9)).length);'],
    ['a start of its own', 'log((await redis.lrange(k, from, -1)).length);'],
    ['scores that ioredis puts between', 'log((await redis.zrange(k, 0, -1, "WITHSCORES")).length);'],
    ['a limit', 'log((await redis.zrangebyscore(k, 0, 10, "LIMIT", 0, 5)).length);'],
    ['a queue', 'await redis.pipeline().smembers(k).exec();'],
    ['LLEN of another key', 'await redis.rpush(k, "a");\nlog(await redis.llen("other"));'],
    ['LLEN after a wait', 'await redis.rpush(k, "a");\nawait new Promise((resolve) => setTimeout(resolve, from));\nlog(await redis.llen(k));'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
