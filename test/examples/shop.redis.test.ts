/** The example is a service that runs: it type-checks with the real packages, and answers over HTTP from a real Redis. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedShop } from '../../examples/shop/seed/seed.ts';
import { BINARY_KEY, UNPLEASANT_KEY } from '../../examples/shop/seed/oddities.ts';
import { exampleShop, installExampleShop } from '../../scripts/lib/example-shop.ts';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { shopAfternoon } from '../support/shop-afternoon.ts';

const repository = resolve(import.meta.dirname, '../..');
let redis: RunningRedis;
let client: Redis;

beforeAll(async () => {
  await installExampleShop();
  redis = await startRedis();
  await seedShop(redis.url);
  client = new Redis(redis.url);
}, 300_000);

afterAll(async () => {
  client?.disconnect();
  await redis?.stop();
});

describe('the seed', () => {
  it('holds every type, on both sides of the compact encodings', async () => {
    const encodings = async (...keys: (string | Buffer)[]): Promise<unknown[]> => Promise.all(keys.map(async (key) => `${await client.type(key)} ${String(await client.object('ENCODING', key))}`));
    expect(await encodings('stock:br-1000', 'fragment:roses:head', 'page:roses', 'visitors:2026-11-20', 'active:2026-11-20')).toEqual([
      'string int', 'string embstr', 'string raw', 'string raw', 'string raw',
    ]);
    expect(await encodings('product:br-1001', 'product:br-1000', 'warehouse:bins')).toEqual(['hash listpack', 'hash hashtable', 'hash hashtable']);
    expect(await encodings('promo:redeemed:SPRING', 'promo:redeemed:MOSS25', 'newsletter:subscribers')).toEqual(['set intset', 'set hashtable', 'set hashtable']);
    expect(await encodings('catalogue:trending', 'search:terms', 'customers:places', 'orders:events', 'emails:sent')).toEqual([
      'zset listpack', 'zset skiplist', 'zset skiplist', 'stream stream', 'list quicklist',
    ]);
    expect(await client.exists(BINARY_KEY, UNPLEASANT_KEY)).toBe(2);
    expect(await client.ttl('page:roses')).toBeGreaterThan(0);
    expect(await client.ttl('customer:1')).toBe(-1);
  });

  it('is the same at each run, and refuses a database that holds something', async () => {
    const other = await startRedis();
    try {
      expect((await seedShop(other.url)).keys).toBe(await client.dbsize());
      const copy = new Redis(other.url);
      expect(await copy.get('customer:7')).toBe(await client.get('customer:7'));
      expect(await copy.xlen('orders:events')).toBe(await client.xlen('orders:events'));
      copy.disconnect();
      await expect(seedShop(other.url)).rejects.toThrow('only put into an empty one');
    } finally {
      await other.stop();
    }
  });
});

describe('examples/shop', () => {
  it('type-checks with the real packages', async () => {
    const tsc = resolve(repository, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', exampleShop]);
  });

  it('sells plants: storefront, worker and back office together, which end when asked to', async () => {
    const services = await shopAfternoon(exampleShop, redis.url);
    expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0]);
  });
});
