import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Keyspace, Namespaces } from '../../src/keyspace/index.ts';
import type { KeyPage, ScanRequest } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

const KEYS = 60_000;

let server: RunningRedis;
let oracle: Redis;
let connection: ServerConnection;
let keyspace: Keyspace;

beforeAll(async () => {
  server = await startRedis();
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  for (let from = 0; from < KEYS; from += 5_000) {
    const pipeline = oracle.pipeline();
    for (let n = from; n < from + 5_000; n++) {
      if (n % 10_000 === 7) pipeline.hset(`rare:${n}`, 'f', 'v');
      else pipeline.set(`user:${n % 100}:${n}`, 'v');
    }
    await pipeline.exec();
  }
  await oracle.select(4);
  await oracle.set('elsewhere', 'v', 'EX', 1_000);
  await oracle.select(0);
  await oracle.config('RESETSTAT');
  connection = await connect({ host: server.host, port: server.port });
  keyspace = new Keyspace(connection);
});
afterAll(async () => {
  connection?.close();
  oracle?.disconnect();
  await server?.stop();
});

async function* pages(request: ScanRequest = {}): AsyncGenerator<KeyPage> {
  let cursor: ScanRequest['cursor'];
  do {
    const page = await keyspace.openPage({ ...request, cursor });
    yield page;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

it('has no number, rather than a wrong one, for a user who may ask for none', async () => {
  await oracle.call('ACL', 'SETUSER', 'tiny', 'reset', 'on', '>pw', '~user:*', '+get', '+scan', '+type');
  const tiny = await connect({ host: server.host, port: server.port, username: 'tiny', password: 'pw' });
  try {
    const its = new Keyspace(tiny);
    expect(await its.databases()).toEqual([{ db: 0, keys: undefined, expires: undefined }]);
    const page = await its.openPage({ pageSize: 100 });
    expect(page.keys.length).toBeGreaterThanOrEqual(100);
    expect(page).toMatchObject({ examined: 100, total: undefined });
  } finally {
    tiny.close();
  }
});

describe('openPage', () => {
  it('gives a page quickly, and the next ones from its cursor, until every key was there', async () => {
    const started = performance.now();
    const first = await keyspace.openPage();
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(first.keys.length).toBeGreaterThanOrEqual(1_000);
    expect(first.keys.length).toBeLessThan(1_100);
    expect(first).toMatchObject({ total: KEYS, examined: 1_000 });
    const namespaces = new Namespaces();
    let last = 0;
    for await (const page of pages({ pageSize: 7_000 })) {
      namespaces.add(page.keys);
      expect(page.examined).toBeGreaterThanOrEqual(last);
      last = page.examined;
    }
    expect(last).toBe(KEYS);
    expect(namespaces.size).toBe(KEYS);
    const entries = namespaces.children().entries;
    expect(entries.map((entry) => (entry.kind === 'namespace' ? [entry.name, entry.keys] : entry.name))).toEqual([['rare', 6], ['user', KEYS - 6]]); // prettier-ignore
  });
  it('finds rare keys by name and type in bounded pages, which say how far the search is', async () => {
    for (const filter of [{ match: 'rare:*' }, { type: 'hash' }, { match: 'rare:*', type: 'hash' }]) {
      const found = new Set<string>();
      let count = 0;
      for await (const { keys, examined } of pages({ ...filter, maxMs: 20 })) {
        for (const key of keys) found.add(String(key));
        expect(examined).toBeLessThanOrEqual(KEYS);
        count++;
      }
      expect([...found].sort()).toEqual([10_007, 20_007, 30_007, 40_007, 50_007, 7].map((n) => `rare:${n}`).sort());
      expect(count).toBeGreaterThanOrEqual(1);
    }
    expect((await keyspace.openPage({ match: 'nothing:*', maxMs: 5_000 })).cursor).toBeUndefined();
  });
  it('takes bytes for a pattern', async () => {
    await oracle.set(Buffer.from([0xff, 0x2a, 0x00]), 'v');
    const page = await keyspace.openPage({ match: Buffer.from([0xff, 0x5c, 0x2a, 0x3f]), maxMs: 5_000 });
    expect(page.keys).toEqual([Buffer.from([0xff, 0x2a, 0x00])]);
    await oracle.del(Buffer.from([0xff, 0x2a, 0x00]));
  });
  it('opens other databases', async () => {
    expect(await keyspace.databases()).toEqual([{ db: 0, keys: KEYS, expires: 0 }, { db: 4, keys: 1, expires: 1 }]); // prettier-ignore
    expect((await keyspace.openPage({ db: 4 })).keys).toEqual([Buffer.from('elsewhere')]);
    expect(await keyspace.inspect([Buffer.from('elsewhere')], { db: 4 })).toMatchObject([{ exists: true }]);
    expect((await keyspace.openPage({ db: 5 })).keys).toEqual([]);
  });
  it('stops when told to', async () => {
    await expect(keyspace.openPage({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    await expect(keyspace.openPage({ match: 'nothing:*', maxMs: 60_000, signal: controller.signal }).then(({ cursor }) => cursor ?? 'done')).rejects.toMatchObject({ name: 'AbortError' });
  });
  it('survives a FLUSHALL between pages', async () => {
    await oracle.select(6);
    for (let n = 0; n < 3_000; n++) void oracle.set(`k${n}`, 'v');
    await oracle.select(0);
    const first = await keyspace.openPage({ db: 6 });
    await oracle.call('SWAPDB', 6, 7);
    const rest = await keyspace.openPage({ db: 6, cursor: first.cursor });
    expect(rest.keys).toEqual([]);
    expect(rest.cursor).toBeUndefined();
    expect(await keyspace.inspect(first.keys.slice(0, 3), { db: 6 })).toMatchObject([{ exists: false }, { exists: false }, { exists: false }]);
  });
  it('never sends KEYS, nor holds the server for long', async () => {
    const stats = String(await oracle.info('commandstats'));
    expect(stats).not.toContain('cmdstat_keys:');
    const scans = /cmdstat_scan:calls=(\d+),usec=(\d+)/.exec(stats);
    expect(Number(scans?.[2]) / Number(scans?.[1])).toBeLessThan(5_000);
  });
});

describe('deleteKeys', () => {
  it('is refused on a read-only connection, and counts what was there on a writable one', async () => {
    const doomed = [Buffer.from('doomed'), Buffer.from([0xff, 0x00]), Buffer.from('never there')];
    for (const key of doomed.slice(0, 2)) await oracle.set(key, 'v');
    await expect(keyspace.deleteKeys(doomed)).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await oracle.exists(...doomed)).toBe(2);
    const writable = await connect({ host: server.host, port: server.port }, { readOnly: false });
    expect(await new Keyspace(writable).deleteKeys(doomed)).toBe(2);
    expect(await oracle.exists(...doomed)).toBe(0);
    const many = Array.from({ length: 1_200 }, (_, n) => Buffer.from(`user:${n % 100}:${n}`));
    const before = await oracle.dbsize();
    const removed = await new Keyspace(writable).deleteKeys(many);
    expect(await oracle.dbsize()).toBe(before - removed);
    expect(removed).toBe(1_199);
    writable.close();
  });
});
