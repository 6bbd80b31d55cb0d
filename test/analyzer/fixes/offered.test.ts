/** Where the fixes of no-keys, range-for-count and set-then-expire are offered and, above all, where they are not. What they make is proven in test/fixes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { offers } from './offers.ts';

const ioredis = "import Redis from 'ioredis';\nconst redis = new Redis();\n";
const nodeRedis = "import { createClient } from 'redis';\nconst client = createClient();\nclient.on('error', console.error);\n";

/** Name → code within `export async function f(id: string, ttl: number) { … }`, and what is offered. */
type Pieces = Record<string, [code: string, ...offered: string[]]>;

const inFunction = (head: string) => (code: string): string => `${head}declare function done(...args: unknown[]): void;\nexport async function f(id: string, ttl: number) {\n${code}\n}\n`;

const scan = 'no-keys: scan-loop (suggest)';
const withIoredis: Pieces = {
  'an awaited list': ["const keys = await redis.keys('a:*'); done(keys);", scan],
  'a list that is deleted': ["const keys = await redis.keys('a:*'); if (keys.length) await redis.del(...keys);", 'no-keys: scan-unlink (suggest), scan-loop (suggest)'],
  'a list that is deleted and shown': ["const keys = await redis.keys('a:*'); if (keys.length) await redis.del(...keys); done(keys);", scan],
  'a list that another client deletes': ["const other = redis.duplicate(); const keys = await redis.keys('a:*'); await other.del(...keys);", scan],
  'a queued KEYS': ["done(await redis.pipeline().keys('a:*').exec());", 'no-keys:'],
  'KEYS in MULTI': ["const multi = redis.multi(); multi.keys('a:*'); done(await multi.exec());", 'no-keys:'],
  'KEYS in a script': ['done(await redis.eval("return redis.call(\'KEYS\', ARGV[1])", 0, id));', 'no-keys:'],
  'names as buffers': ["done(await redis.keysBuffer('a:*'));", 'no-keys:'],
  'a promise that is dropped': ["void redis.keys('a:*');", 'no-keys:'],
  'a client that may be missing, in a chain': ["const maybe: Redis | undefined = ttl > 1 ? redis : undefined; return maybe?.keys('a:*').then((keys) => keys.sort());", 'no-keys:'],
  'a comment within, in a chain': ["return redis.keys(/* all */ 'a:*').then((keys) => keys.sort());", 'no-keys:'],

  'a size': ["return (await redis.smembers('s')).length;", 'range-for-count: count (safe)'],
  'a size, with a comment in what goes': ["return (await redis.lrange('l', 0, /* all */ -1)).length;", 'range-for-count:'],
  'a size under a fixed type': ["const list: { length: number } = await redis.smembers('s'); return list.length;", 'range-for-count: count (safe)'],

  'SET and EXPIRE': ["await redis.set(id, 'v'); await redis.expire(id, 60);", 'set-then-expire: set-with-ttl (safe), multi (suggest)'],
  'a TTL in a constant': ["const minute = 60; await redis.set(id, 'v'); await redis.expire(id, 2 * minute);", 'set-then-expire: set-with-ttl (safe), multi (suggest)'],
  'a TTL that is not known': ["await redis.set(id, 'v'); await redis.expire(id, ttl);", 'set-then-expire: multi (suggest)'],
  'a TTL of zero': ["await redis.set(id, 'v'); await redis.expire(id, 0);", 'set-then-expire: multi (suggest)'],
  'a negative TTL': ["await redis.set(id, 'v'); await redis.expire(id, -1);", 'set-then-expire: multi (suggest)'],
  'a broken TTL': ["await redis.set(id, 'v'); await redis.expire(id, 1.5);", 'set-then-expire: multi (suggest)'],
  'SET with an option': ["await redis.set(id, 'v', 'XX'); await redis.expire(id, 60);", 'set-then-expire: multi (suggest)'],
  'EXPIRE with an option': ["await redis.set(id, 'v'); await redis.expire(id, 60, 'GT');", 'set-then-expire: multi (suggest)'],
  'a point in time': ["await redis.set(id, 'v'); await redis.expireat(id, 4102444800);", 'set-then-expire: multi (suggest)'],
  'the reply of EXPIRE read': ["await redis.set(id, 'v'); return await redis.expire(id, 60);", 'set-then-expire:'],
  'another call between': ["await redis.set(id, 'v'); done(); await redis.expire(id, 60);", 'set-then-expire:'],
  'another command between': ["await redis.set(id, 'v'); await redis.incr('n'); await redis.expire(id, 60);", 'set-then-expire: multi (suggest)'],
  'only one of them awaited': ["void redis.set(id, 'v'); await redis.expire(id, 60);", 'set-then-expire:'],
  'an error caught between': ["await redis.set(id, 'v').catch(done); await redis.expire(id, 60);", 'set-then-expire:'],
  'EXPIRE in a branch': ["await redis.set(id, 'v'); if (ttl) await redis.expire(id, 60);", 'set-then-expire:'],
};

const withNodeRedis: Pieces = {
  'names in a mapped type': ["done(await client.withTypeMapping({}).keys('a:*'));", 'no-keys:'],
  'a size of scored members': ["return (await client.zRangeWithScores('z', 0, -1)).length;", 'range-for-count: count (safe)'],
  'a list and a TTL': ["await client.lPush(id, 'v'); await client.expire(id, 60);", 'set-then-expire: multi (suggest)'],
  'SET with options': ["await client.set(id, 'v', { XX: true }); await client.expire(id, 60);", 'set-then-expire: multi (suggest)'],
};

const helpers: Record<string, [code: string, ...offered: string[]]> = {
  'a helper whose callers count': [`${ioredis}const all = async () => redis.smembers('s');\nexport const size = async () => (await all()).length;\n`, 'range-for-count: count (suggest)'],
  'a helper that is passed on': [`${ioredis}declare function run(fn: () => unknown): void;\nconst all = async () => redis.smembers('s');\nrun(all);\nexport const size = async () => (await all()).length;\n`, 'range-for-count:'],
  'a helper with a type from elsewhere': [`${ioredis}const all: () => Promise<string[]> = async () => redis.smembers('s');\nexport const size = async () => (await all()).length;\n`, 'range-for-count:'],
  'a method that an interface asks for': [
    `${ioredis}interface Store { all(): Promise<string[]> }\nclass RedisStore implements Store {\n  async all() {\n    return redis.smembers('s');\n  }\n}\nconst store = new RedisStore();\nexport const size = async () => (await store.all()).length;\n`,
    'range-for-count:',
  ],
  'a helper with a second answer': [`${ioredis}async function all(x: number) {\n  if (x) return [];\n  return redis.smembers('s');\n}\nexport const size = async () => (await all(1)).length;\n`, 'range-for-count:'],
};

const promisified = `import redis from 'redis';\nimport { promisify } from 'util';\nconst client = redis.createClient();\nconst keysAsync = promisify(client.keys).bind(client);\nexport const names = async () => (await keysAsync('a:*')).sort();\n`;

const relevant = (offered: readonly string[] | undefined): string[] => (offered ?? []).filter((line) => /^(?:no-keys|range-for-count|set-then-expire):/.test(line));
const codes = (pieces: Pieces, wrap: (code: string) => string): Record<string, string> => Object.fromEntries(Object.entries(pieces).map(([name, [code]]) => [name, wrap(code)]));

describe('offered', () => {
  let offered: Record<string, string[]>;
  beforeAll(async () => {
    offered = {
      ...(await offers({ ...codes(withIoredis, inFunction(ioredis)), ...codes(helpers, (code) => code) }, { ioredis: '^5.0.0' })),
      ...(await offers(codes(withNodeRedis, inFunction(nodeRedis)), { redis: '^5.0.0' })),
      ...(await offers({ promisified }, { redis: '^3.0.0' })),
    };
  }, 60_000);

  it.each(Object.entries({ ...withIoredis, ...withNodeRedis, ...helpers }).map(([name, [, ...expected]]) => [name, expected] as const))('%s', (name, expected) => {
    expect(relevant(offered[name])).toEqual(expected);
  });

  it('nothing for a promisified KEYS of node-redis 3', () => {
    expect(relevant(offered['promisified'])).toEqual(['no-keys:']);
  });
});
