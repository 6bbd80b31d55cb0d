import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Keyspace } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

const prefix = Buffer.from([0x61, 0xff, 0x2a, 0x5b, 0x3a]); // a \xff * [ :

let server: RunningRedis;
let oracle: Redis;
let connection: ServerConnection;
let keyspace: Keyspace;

beforeAll(async () => {
  server = await startRedis();
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  connection = await connect({ host: server.host, port: server.port }, { readOnly: false });
  keyspace = new Keyspace(connection);
});
afterAll(async () => {
  connection?.close();
  oracle?.disconnect();
  await server?.stop();
});
beforeEach(async () => {
  await oracle.flushall();
  const pipeline = oracle.pipeline();
  for (let n = 0; n < 3_000; n++) pipeline.set(Buffer.concat([prefix, Buffer.from(String(n))]), n);
  for (let n = 0; n < 3_000; n++) pipeline.set(`other:${n}`, n);
  pipeline.set(prefix.subarray(0, 4), 'beside it');
  pipeline.set('axxx:1', 'what the pattern unescaped would match');
  await pipeline.exec();
});

it('counts first, and touches nothing', async () => {
  const { keys, examples } = await keyspace.countNamespace(prefix);
  expect(keys).toBe(3_000);
  expect(examples).toHaveLength(5);
  for (const key of examples) expect(key.subarray(0, prefix.length).equals(prefix)).toBe(true);
  expect(await oracle.dbsize()).toBe(6_002);
});

it('deletes what begins with the prefix, byte by byte, and nothing else', async () => {
  expect(await keyspace.deleteNamespace(prefix)).toEqual({ removed: 3_000, complete: true });
  expect(await oracle.dbsize()).toBe(3_002);
  expect(await oracle.exists('axxx:1', prefix.subarray(0, 4))).toBe(2);
  expect(String(await oracle.info('commandstats'))).not.toMatch(/cmdstat_(del|keys|flushdb):/);
});

it('stops when it is told to, and says how far it came', async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  const { removed, complete } = await keyspace.deleteNamespace(prefix, {
    signal: stop.signal,
    onProgress: (done) => {
      seen.push(done);
      if (done >= 500) stop.abort();
    },
  });
  expect(complete).toBe(false);
  expect(removed).toBe(seen.at(-1));
  expect(removed).toBeLessThan(3_000);
  expect(await oracle.dbsize()).toBe(6_002 - removed);
});

it('deletes nothing on a read-only connection, and no database for a namespace without a name', async () => {
  const reader = await connect({ host: server.host, port: server.port });
  try {
    await expect(new Keyspace(reader).deleteNamespace(prefix)).rejects.toMatchObject({ kind: 'not-allowed' });
  } finally {
    reader.close();
  }
  await expect(keyspace.deleteNamespace(Buffer.alloc(0))).rejects.toThrow(RangeError);
  expect(await oracle.dbsize()).toBe(6_002);
});

it('says what a measured namespace holds, at each of its levels', async () => {
  const { totals } = await keyspace.measure({ depth: Infinity });
  expect(totals.under(prefix)).toMatchObject({ keys: 3_000, types: { string: 3_000 }, withoutTtl: 3_000 });
  expect(totals.under(Buffer.alloc(0))).toMatchObject({ keys: 6_002 });
  expect(totals.under(Buffer.from('nothing:'))).toBeUndefined();
});
