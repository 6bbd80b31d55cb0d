import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Keyspace } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

/** Values on both sides of each threshold that the server itself names: a reason says “over the limit” where the value is, and nowhere else. */
let server: RunningRedis;
let redis: Redis;
let connection: ServerConnection;
let keyspace: Keyspace;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  connection = await connect({ host: server.host, port: server.port });
  keyspace = new Keyspace(connection);
});

afterAll(async () => {
  connection.close();
  redis.disconnect();
  await server.stop();
});

async function threshold(...names: string[]): Promise<number> {
  for (const name of names) {
    const [, value] = (await redis.config('GET', name)) as string[];
    if (value !== undefined) return Number(value);
  }
  return 0;
}

async function reasonOf(key: string): Promise<string> {
  const [facts] = await keyspace.inspect([Buffer.from(key)]);
  return (facts && (await keyspace.encodingReason(facts))) ?? '';
}

const count = (length: number, of: (at: number) => string | number): string[] => Array.from({ length }, (_, at) => String(of(at)));

it('of hashes and sorted sets', async () => {
  for (const type of ['hash', 'zset']) {
    const limit = await threshold(`${type}-max-listpack-entries`, `${type}-max-ziplist-entries`);
    const longest = await threshold(`${type}-max-listpack-value`, `${type}-max-ziplist-value`);
    const fill = async (key: string, names: string[]): Promise<unknown> =>
      type === 'hash' ? redis.hset(key, ...names.flatMap((name) => [name, '1'])) : redis.zadd(key, ...names.flatMap((name) => ['1', name]));
    await fill('at', count(limit, (at) => `f${at}`));
    await fill('over', count(limit + 1, (at) => `f${at}`));
    await fill('long', ['x'.repeat(longest + 1)]);
    expect(await reasonOf('at')).toMatch(/^(listpack|ziplist): .*limit (128|512), (hash|zset)-max-(listpack|ziplist)-entries\), no (field or value|member) over 64 bytes/);
    expect(await reasonOf('over')).toMatch(/^(hashtable|skiplist): .*, over the limit of (128|512) /);
    expect(await reasonOf('long')).toMatch(/^(hashtable|skiplist): 1 (field|member) is within .*, so a (field or value|member) is or was over 64 bytes/);
    await redis.flushdb();
  }
});

it('of sets: of whole numbers, of others, of both', async () => {
  const limit = await threshold('set-max-intset-entries');
  const listpack = await threshold('set-max-listpack-entries');
  await redis.sadd('numbers', count(limit, (at) => at));
  await redis.sadd('more-numbers', count(limit + 1, (at) => at));
  await redis.sadd('names', count(limit + 1, (at) => `n${at}`));
  await redis.sadd('few-names', count(Math.max(1, listpack + 1), (at) => `n${at}`));
  expect(await reasonOf('numbers')).toBe(`intset: ${limit} members, all whole numbers (limit ${limit}, set-max-intset-entries)`);
  // One sentence has to be true of both: nobody reads the members for a tooltip.
  for (const key of ['more-numbers', 'names']) {
    const reason = await reasonOf(key);
    expect(reason).toMatch(listpack === 0 ? /^hashtable: 513 members: not all whole numbers, or whole numbers over the limit of 512/ : /over the limit of 128 .*, and of 512 .* if they are all whole numbers/);
  }
  expect(await reasonOf('few-names')).toMatch(/^hashtable: .*not all whole numbers/);
  await redis.flushdb();
});

it('of strings and lists', async () => {
  await redis.mset({ number: '-9223372036854775808', short: 'x'.repeat(44), long: 'x'.repeat(45) });
  await redis.append('appended', 'x');
  await redis.pfadd('visitors', 'a');
  await redis.rpush('list', 'a');
  expect(await reasonOf('number')).toMatch(/^int: a whole number/);
  expect(await reasonOf('short')).toMatch(/^embstr: 44 bytes \(limit 44\)/);
  expect(await reasonOf('long')).toMatch(/^raw: 45 bytes, over the 44/);
  expect(await reasonOf('appended')).toMatch(/^(raw: only 1 byte, but changed in place|embstr: )/);
  expect(await reasonOf('visitors')).toMatch(/^raw: (only \d+ bytes, but changed in place \(.*PFADD|\d+ bytes, over)/);
  expect(await reasonOf('list')).toMatch(/^(quicklist: the only encoding of lists before Redis 7.2: nodes of listpacks|listpack: 1 element fits one node) ?\(limit 8 KB, list-max-listpack-size -2\)/);
});
