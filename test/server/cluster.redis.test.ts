import { afterAll, beforeAll, expect, it } from 'vitest';
import { Keyspace } from '../../src/keyspace/index.ts';
import { hashSlot } from '../../src/redis/hash-slot.ts';
import { connect } from '../../src/server/index.ts';
import type { ServerConnection } from '../../src/server/index.ts';
import { startCluster } from './start-cluster.ts';
import type { RunningCluster } from './start-cluster.ts';

let cluster: RunningCluster;
let connection: ServerConnection;

beforeAll(async () => {
  cluster = await startCluster();
  const [, seed] = cluster.nodes;
  connection = await connect({ host: seed?.host, port: seed?.port }, { readOnly: false });
});
afterAll(async () => {
  connection?.close();
  await cluster?.stop();
});

it('knows the masters and their slots, from any of them', async () => {
  expect(connection.isCluster).toBe(true);
  expect(connection.nodes.map(({ port }) => port)).toEqual(cluster.nodes.map(({ port }) => port));
  expect(connection.nodes.flatMap(({ slots }) => slots.map(([from, to]) => to - from + 1)).reduce((sum, slots) => sum + slots, 0)).toBe(16_384);
});

it('maps keys to slots as the server does', async () => {
  for (const key of ['a', '{x}y', 'a{}b', 'ü{é}', '', '{', '}{x}', Buffer.from([0xff, 0, 0x7b, 1, 0x7d])]) {
    expect(hashSlot(key)).toBe(await connection.command('CLUSTER KEYSLOT', [key]));
  }
});

it('sends each command to the master of its keys', async () => {
  await connection.pipeline(Array.from({ length: 300 }, (_, n) => ['SET', `key:${n}`, String(n)] as const));
  const replies = await connection.pipeline(Array.from({ length: 300 }, (_, n) => ['GET', `key:${n}`] as const));
  expect(replies.map(({ value }) => String(value))).toEqual(Array.from({ length: 300 }, (_, n) => String(n)));
  expect(await connection.command('MGET', ['{a}1', '{a}2'])).toEqual([null, null]);
  await expect(connection.command('MGET', ['a', 'b', 'c'])).rejects.toMatchObject({ code: 'CROSSSLOT' });
  await expect(connection.command('GET', ['a'], { db: 1 })).rejects.toMatchObject({ kind: 'invalid-spec' });
});

it('scans every master, each with its own cursor, and inspects keys of all slots', async () => {
  const keyspace = new Keyspace(connection);
  expect(await keyspace.databases()).toEqual([{ db: 0, keys: 300, expires: 0 }]);
  const seen = new Set<string>();
  let page = await keyspace.openPage({ pageSize: 150 });
  expect(page.cursor?.nodes).toHaveLength(3);
  for (;;) {
    for (const key of page.keys) seen.add(String(key));
    if (page.cursor === undefined) break;
    page = await keyspace.openPage({ pageSize: 150, cursor: page.cursor });
  }
  expect(seen.size).toBe(300);
  expect(page.total).toBe(300);
  const facts = await keyspace.inspect([...seen].map((key) => Buffer.from(key)));
  expect(facts.filter(({ exists, type, encoding, memoryBytes }) => exists && type === 'string' && encoding === 'int' && (memoryBytes ?? 0) > 0)).toHaveLength(300);
  let inspected = 0;
  for await (const { facts: some } of keyspace.inspectAll()) inspected += some.length;
  expect(inspected).toBe(300);
  expect(await keyspace.find('key:7')).toMatchObject({ exists: true, length: 1 });
  expect(await keyspace.deleteKeys(['key:298', 'key:299', 'nope'].map((key) => Buffer.from(key)))).toBe(2);
});

it('follows a slot that has moved, and one that is moving', async () => {
  const slot = hashSlot('key:1');
  const from = cluster.nodes.findIndex(({ port }) => port === connection.nodeOf('key:1').port);
  const to = (from + 1) % 3;
  const [source, target] = [cluster.clients[from], cluster.clients[to]];
  const sourceId = String(await source?.call('CLUSTER', 'MYID'));
  const targetId = String(await target?.call('CLUSTER', 'MYID'));
  await target?.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId);
  await source?.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId);
  await source?.call('MIGRATE', cluster.nodes[to]?.host ?? '', cluster.nodes[to]?.port ?? 0, 'key:1', 0, 1_000);
  // ASK: gone from the source, the slot not yet.
  expect(String(await connection.command('GET', ['key:1']))).toBe('1');
  const keyspace = new Keyspace(connection);
  expect(await keyspace.inspect([Buffer.from('key:1')])).toMatchObject([{ exists: true, type: 'string', length: 1 }]);
  for (const client of [target, source, cluster.clients[(from + 2) % 3]]) await client?.call('CLUSTER', 'SETSLOT', slot, 'NODE', targetId);
  // MOVED: what we know is out of date.
  expect(connection.nodeOf('key:1').port).toBe(cluster.nodes[from]?.port);
  expect(await keyspace.inspect([Buffer.from('key:1')])).toMatchObject([{ exists: true, type: 'string', length: 1 }]);
  expect(String(await connection.command('GET', ['key:1']))).toBe('1');
  expect(connection.nodeOf('key:1').port).toBe(cluster.nodes[to]?.port);
});

it('says which master is gone, and that the cluster is not whole', async () => {
  const keyspace = new Keyspace(connection);
  await keyspace.openPage();
  const [, , victim] = cluster.nodes;
  await victim?.kill();
  await expect.poll(() => connection.state, { timeout: 5_000 }).toMatchObject({ status: expect.stringMatching(/lost|reconnecting/) as unknown, error: { message: expect.stringContaining(String(victim?.port)) as unknown } });
  await expect(keyspace.openPage()).rejects.toMatchObject({ kind: 'lost' });
});
