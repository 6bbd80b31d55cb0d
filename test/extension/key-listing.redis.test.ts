import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { KeyListing } from '../../src/extension/keys/key-listing.ts';
import type { KeyFilter, Level } from '../../src/extension/keys/key-listing.ts';
import { Keyspace, Namespaces } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

/** More than one page of names. */
const ORDERS = 30_000;
const TOP = Buffer.alloc(0);

let server: RunningRedis;
let redis: Redis;
let connection: ServerConnection;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  const pipeline = redis.pipeline();
  for (let id = 0; id < ORDERS; id++) pipeline.set(`order:${id}`, id);
  pipeline.set('rare:one', 1);
  pipeline.hset('user:1', { name: 'Ada' });
  pipeline.set('user[1]:x', 'glob characters');
  pipeline.set('user1:x', 'not of that namespace');
  await pipeline.exec();
  connection = await connect({ host: server.host, port: server.port });
});

afterAll(async () => {
  connection.close();
  redis.disconnect();
  await server.stop();
});

function listing(filter: KeyFilter = {}, pageSize = 100): KeyListing {
  const keyspace = new Keyspace(connection);
  const source = { scan: keyspace.openPage.bind(keyspace), inspect: keyspace.inspect.bind(keyspace), measure: keyspace.measure.bind(keyspace) };
  return new KeyListing(source, () => new Namespaces(), { pageSize, filter });
}

function names({ entries }: Level): string[] {
  return entries.map(({ name }) => name);
}

describe('a level', () => {
  it('holds a page of rows, then more with each step, until there is no more', async () => {
    const keys = listing({}, 12_000);
    expect(keys.started).toBe(false);
    const first = await keys.level(TOP);
    expect(keys.started).toBe(true);
    expect(names(first)).toContain('order');
    expect(first.more).toBeDefined();
    const orders = Buffer.from('order:');
    const seen: number[] = [];
    for (let step = 0; step < 5; step++) {
      const level = await keys.level(orders);
      seen.push(level.entries.length);
      if (level.more === undefined) break;
      await keys.loadMore(orders);
    }
    expect(seen.at(-1)).toBe(ORDERS);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(new Set(names(await keys.level(orders))).size).toBe(ORDERS);
  });

  it('is complete when the whole database has been scanned', async () => {
    const keys = listing({}, 100);
    await keys.level(TOP);
    for (let step = 0; step < 20 && !keys.complete; step++) await keys.loadMore(TOP);
    expect(keys.complete).toBe(true);
    expect(keys.size).toBe(ORDERS + 4);
    expect((await keys.level(TOP)).more).toBeUndefined();
    expect((await keys.level(Buffer.from('user:'))).more).toBeUndefined();
  });

  it('searches a namespace by its bytes, not as a pattern', async () => {
    const keys = listing();
    await keys.level(TOP);
    await keys.loadMore(Buffer.from('user[1]:'));
    expect(names(await keys.level(Buffer.from('user[1]:')))).toEqual(['x']);
  });

  it('does not fetch a page twice for two clicks', async () => {
    const keys = listing({}, 20_000);
    await keys.level(TOP);
    await Promise.all([keys.loadMore(TOP), keys.loadMore(TOP)]);
    expect(keys.complete).toBe(true);
    expect(keys.size).toBe(ORDERS + 4);
  });
});

describe('a filter', () => {
  it('finds what matches rarely in the first step', async () => {
    const keys = listing({ match: 'rare:*' });
    expect(names(await keys.level(TOP))).toEqual(['rare']);
  });
  it('takes types', async () => {
    const keys = listing({ type: 'hash' });
    expect(names(await keys.level(TOP))).toEqual(['user']);
    expect(names(await keys.level(Buffer.from('user:')))).toEqual(['1']);
  });
  it('may match nothing', async () => {
    const level = await listing({ match: 'nobody' }).level(TOP);
    expect(level).toEqual({ entries: [], more: undefined });
  });
});

describe('pin', () => {
  it('puts a key on screen that no page has brought, in its namespaces', async () => {
    const keys = listing({}, 2);
    await keys.level(TOP);
    const path = keys.pin(Buffer.from('order:29999'));
    expect(path.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['namespace order', 'key 29999']);
    expect(names(await keys.level(TOP))).toContain('order');
    const level = await keys.level(Buffer.from('order:'));
    expect(level.entries).toHaveLength(3);
    expect(names(level)).toContain('29999');
    keys.remove(Buffer.from('order:29999'));
    expect(names(await keys.level(Buffer.from('order:')))).not.toContain('29999');
  });
});

describe('facts', () => {
  it('are asked for once, and again after they were forgotten', async () => {
    const keys = listing();
    await keys.level(TOP);
    const key = Buffer.from('user:1');
    const entry = { kind: 'key' as const, key, name: '1' };
    await keys.inspect([entry]);
    expect(keys.factsOf(key)).toMatchObject({ exists: true, type: 'hash', length: 1 });
    await redis.hset('user:1', { mail: 'ada@example.com' });
    await keys.inspect([entry]);
    expect(keys.factsOf(key)?.length).toBe(1);
    await keys.refresh(Buffer.from('user:'));
    await keys.inspect([entry]);
    expect(keys.factsOf(key)?.length).toBe(2);
  });

  it('bring names that are new since, when a namespace is refreshed', async () => {
    const keys = listing();
    await keys.level(TOP);
    for (let step = 0; step < 20 && !keys.complete; step++) await keys.loadMore(TOP);
    await redis.set('user:new', 1);
    expect(names(await keys.level(Buffer.from('user:')))).not.toContain('new');
    await keys.refresh(Buffer.from('user:'));
    expect(names(await keys.level(Buffer.from('user:')))).toContain('new');
    await redis.del('user:new');
  });
});
