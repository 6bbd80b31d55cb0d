import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/analyze.ts';

const prefixed = "import Redis from 'ioredis';\nconst PREFIX = 'shop:';\nconst redis = new Redis({ keyPrefix: PREFIX });\nconst bare = new Redis();\n";
const reports = (code: string): Promise<string[]> => linesOf('key-prefix-pattern', prefixed + code);

describe('reports', () => {
  it.each([
    ['a raw command', "export const a = () => redis.call('KEYS', 'cart:*');"],
    ['a pattern by shorthand', "export const a = (log: (k: unknown) => void) => {\n  const match = 'cart:*';\n  redis.scanStream({ match }).on('data', log);\n};"],
    ['no pattern at all', "export const a = (log: (k: unknown) => void) => redis.scanStream({ count: 100 }).on('data', log);"],
    ['names gathered first', "export const a = async () => {\n  const found = new Set<string>();\n  for await (const keys of redis.scanStream({ match: `${PREFIX}cart:*` })) for (const key of keys) found.add(key);\n  await redis.unlink(...found);\n};"],
    ['names by callback, in a pipeline', "export function a() {\n  const pipeline = redis.pipeline();\n  redis.keys('shop:*', (_error, keys) => {\n    for (const key of keys ?? []) pipeline.get(key);\n  });\n}"],
    ['a page taken apart later', "export async function a() {\n  let cursor = '0', keys: string[] = [];\n  do {\n    [cursor, keys] = await redis.scan(cursor, 'MATCH', 'shop:*');\n    await Promise.all(keys.map((key) => redis.del(key)));\n  } while (cursor !== '0');\n}"],
    ['the pattern that a method is given', "export class Cache {\n  private find(pattern = '*') {\n    return redis.keys(pattern);\n  }\n  carts() {\n    return this.find('cart:*');\n  }\n}"],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a variable before the pattern', 'export const a = (start: string) => redis.keys(`${start}cart:*`);'],
    ['a wildcard in the prefix', "export const a = () => redis.keys('sho?:cart:*');"],
    ['all names, of which it picks its own', "export const a = async () => (await redis.keys('*')).filter((key) => key.startsWith(PREFIX));"],
    ['names cut by a function', 'declare function own(key: string): string;\nexport const a = async () => redis.del((await redis.keys(`${PREFIX}*`)).map(own));'],
    ['names that another client is given', 'export const a = async () => bare.del(await redis.keys(`${PREFIX}*`));'],
    ['a helper that both kinds of clients use, rightly', "const find = (client: Redis, pattern: string) => client.keys(pattern);\nexport const a = () => [find(bare, 'cart:*'), find(redis, 'shop:cart:*')];"],
    ['an empty prefix', "const other = new Redis({ keyPrefix: '' });\nexport const a = () => other.keys('cart:*');"],
    ['options that are not seen', 'export const a = (options: object) => redis.scanStream(options);'],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toEqual([]);
  });
});
