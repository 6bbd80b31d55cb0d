import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Keyspace } from '../../src/keyspace/index.ts';
import type { KeyValue } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';

let server: RunningRedis;
let oracle: Redis;
let connection: ServerConnection;
const binary = Buffer.from([0, 0xff, 0x0d, 0x0a, 0x80]);

beforeAll(async () => {
  server = await startRedis();
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  connection = await connect({ host: server.host, port: server.port });
});
afterAll(async () => {
  connection?.close();
  oracle?.disconnect();
  await server?.stop();
});

const read = (key: string | Buffer, limits?: Parameters<Keyspace['readValue']>[2]): Promise<KeyValue> => new Keyspace(connection).readValue(Buffer.from(key as string), {}, limits);
const b = (text: string) => Buffer.from(text);

it('reads strings whole, or their first part', async () => {
  await oracle.set('s', binary);
  await oracle.set('large', 'x'.repeat(3_000_000));
  await oracle.set('empty', '');
  expect(await read('s')).toEqual({ kind: 'string', bytes: binary, total: 5, truncated: false });
  expect(await read('empty')).toEqual({ kind: 'string', bytes: b(''), total: 0, truncated: false });
  expect(await read('large')).toMatchObject({ total: 3_000_000, truncated: true });
  expect(await read('large', { maxBytes: 10 })).toEqual({ kind: 'string', bytes: b('xxxxxxxxxx'), total: 3_000_000, truncated: true });
  expect(await read('s', { maxBytes: 5 })).toMatchObject({ truncated: false });
});

it('reads collections of every encoding', async () => {
  await oracle.hset('hash', 'f', binary);
  await oracle.rpush('list', 'a', binary);
  await oracle.sadd('intset', 3, 1, 2);
  await oracle.sadd('set', binary);
  await oracle.zadd('zset', '2', 'b', '1.5', binary, '-inf', 'c');
  await oracle.xadd('stream', '1-1', 'f', binary, 'f', 'again');
  expect(await read('hash')).toEqual({ kind: 'hash', fields: [[b('f'), binary]], total: 1, truncated: false });
  expect(await read('list')).toEqual({ kind: 'list', elements: [b('a'), binary], total: 2, truncated: false });
  expect(await read('intset')).toEqual({ kind: 'set', members: [b('1'), b('2'), b('3')], total: 3, truncated: false });
  expect(await read('set')).toEqual({ kind: 'set', members: [binary], total: 1, truncated: false });
  expect(await read('zset')).toEqual({ kind: 'zset', members: [[b('c'), '-inf'], [binary, '1.5'], [b('b'), '2']], total: 3, truncated: false }); // prettier-ignore
  expect(await read('stream')).toEqual({ kind: 'stream', entries: [{ id: '1-1', fields: [[b('f'), binary], [b('f'), b('again')]] }], total: 1, truncated: false }); // prettier-ignore
});

it('reads the first page of large ones, quickly', async () => {
  const pipeline = oracle.pipeline();
  for (let n = 0; n < 50_000; n++) {
    pipeline.hset('big:hash', `f${n}`, n).sadd('big:set', `m${n}`).zadd('big:zset', n, `m${n}`).rpush('big:list', n);
    if (n % 10 === 0) pipeline.xadd('big:stream', '*', 'n', n);
  }
  await pipeline.exec();
  for (const [key, total] of [['big:hash', 50_000], ['big:set', 50_000], ['big:zset', 50_000], ['big:list', 50_000], ['big:stream', 5_000]] as const) {
    const started = performance.now();
    const value = await read(key, { maxElements: 200 });
    expect(performance.now() - started).toBeLessThan(500);
    expect(value).toMatchObject({ total, truncated: true });
    const elements = Object.values(value).find(Array.isArray) as unknown[];
    expect(elements).toHaveLength(200);
    expect(new Set(elements.map((element) => JSON.stringify(element))).size).toBe(200);
  }
});

it('fetches few elements of a collection of huge ones', async () => {
  await oracle.rpush('huge', ...Array.from({ length: 40 }, () => 'y'.repeat(200_000)));
  const value = await read('huge');
  expect(value).toMatchObject({ kind: 'list', total: 40, truncated: true });
  expect(value.kind === 'list' && value.elements.length).toBeLessThan(10);
});

it('says what is missing, and what is denied', async () => {
  expect(await read('nope')).toEqual({ kind: 'missing' });
  await oracle.call('ACL', 'SETUSER', 'narrow', 'on', '>pw', '~*', '+@all', '-hscan', '-memory|usage');
  const narrow = await connect({ host: server.host, port: server.port, username: 'narrow', password: 'pw' });
  await expect(new Keyspace(narrow).readValue(b('hash'))).rejects.toMatchObject({ kind: 'no-permission' });
  expect(await new Keyspace(narrow).readValue(b('list'))).toMatchObject({ total: 2, truncated: false });
  narrow.close();
});
