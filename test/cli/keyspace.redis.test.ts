import { Redis } from 'ioredis';
import pc from 'picocolors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { run } from '../../src/cli/run.ts';
import type { CliResult } from './project.ts';
import { startCluster } from '../server/start-cluster.ts';

interface KeyspaceReport {
  dbSize: number | null;
  scanned: number;
  sample?: number;
  ms: number;
  callMs: { p50: number; p99: number; max: number };
  namespaces: { pattern: string; patternBase64?: string; keys: number; bytes: number | null; types: Record<string, number>; encodings: Record<string, number>; withoutTtl: number | null }[];
}

const USERS = 4_000;

let server: RunningRedis;
let oracle: Redis;

beforeAll(async () => {
  server = await startRedis();
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  const pipeline = oracle.pipeline();
  for (let n = 0; n < USERS; n++) {
    pipeline.hset(`user:${n}`, 'name', 'x'.repeat(n % 10 === 0 ? 100 : 5));
    if (n % 4 === 0) pipeline.expire(`user:${n}`, 1_000);
    pipeline.set(`user:${n}:seen`, String(n), 'EX', 1_000);
  }
  for (let n = 0; n < 30; n++) pipeline.rpush(`queue:${n % 2 === 0 ? 'mail' : 'push'}:${n}`, 'job');
  pipeline.set('plain', 'v');
  pipeline.set(Buffer.from([0xff, 0x00, 0x3a, 0x31]), 'binary');
  pipeline.set('a[1]*:x', 'glob');
  pipeline.set('\u001b[31mred\u001b[0m:<img src=x>', 'hostile');
  await pipeline.exec();
});
afterAll(async () => {
  oracle?.disconnect();
  await server?.stop();
});

async function keyscope(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  const result: CliResult = { code: undefined, out: '', err: '' };
  const out = (text: string): void => void (result.out += text);
  result.code = await run(['keyspace', ...args], { out, err: (text) => void (result.err += text), colors: pc.createColors(false), columns: undefined, showsProgress: false, env });
  return result;
}

async function report(...args: string[]): Promise<KeyspaceReport> {
  const { out, err } = await keyscope([server.url, '--format', 'json', ...args]);
  expect(err).toBe('');
  return JSON.parse(out) as KeyspaceReport;
}

/** MEMORY USAGE of every key that matches, one by one. */
async function memoryOf(pattern: string): Promise<number> {
  let sum = 0;
  for (const key of await oracle.keysBuffer(pattern)) sum += Number(await oracle.call('MEMORY', 'USAGE', key));
  return sum;
}

it('sums every key by namespace, as the server tells of each', async () => {
  const { dbSize, scanned, sample, callMs, namespaces } = await report();
  expect([dbSize, scanned, sample]).toEqual([2 * USERS + 34, 2 * USERS + 34, undefined]);
  expect(callMs.p50).toBeGreaterThan(0);
  expect(callMs.p99).toBeGreaterThanOrEqual(callMs.p50);
  expect(callMs.max).toBeGreaterThanOrEqual(callMs.p99);
  expect(namespaces[0]).toEqual({
    pattern: 'user:*',
    keys: 2 * USERS,
    bytes: await memoryOf('user:*'),
    types: { hash: USERS, string: USERS },
    encodings: { int: USERS, listpack: 0.9 * USERS, hashtable: 0.1 * USERS },
    withoutTtl: 0.75 * USERS,
  });
  expect(namespaces.find(({ pattern }) => pattern === 'queue:*')).toMatchObject({ keys: 30, types: { list: 30 }, withoutTtl: 30 });
  // Keys with no delimiter have no namespace.
  expect(namespaces.find(({ pattern }) => pattern === '*')).toMatchObject({ keys: 1 });
});

it('names a namespace by the glob that its keys match, as bytes where those are no text', async () => {
  const { namespaces } = await report();
  expect(namespaces.find(({ pattern }) => pattern.startsWith('a'))?.pattern).toBe('a\\[1\\]\\*:*');
  const binary = namespaces.find(({ patternBase64 }) => patternBase64 !== undefined);
  expect(binary).toMatchObject({ pattern: '\\xff\\x00:*', keys: 1 });
  expect(await oracle.callBuffer('KEYS', Buffer.from(binary?.patternBase64 ?? '', 'base64'))).toEqual([Buffer.from([0xff, 0x00, 0x3a, 0x31])]);
});

it('goes as deep as is asked, and takes a list of ids for one namespace', async () => {
  const { namespaces } = await report('--depth', '2');
  expect(namespaces.map(({ pattern, keys }) => `${pattern} ${keys}`).sort()).toEqual(
    expect.arrayContaining([`user:* ${2 * USERS}`, 'queue:mail:* 15', 'queue:push:* 15']),
  );
  const slashes = await report('--delimiter', ':mail', '--match', 'queue:*');
  expect(slashes.namespaces.map(({ pattern, keys }) => [pattern, keys])).toEqual([['*', 15], ['queue:mail*', 15]]);
});

it('looks at what matches, or at what has a type, alone', async () => {
  expect(await report('--match', 'queue:*')).toMatchObject({ scanned: 30, namespaces: [{ pattern: 'queue:*', keys: 30 }] });
  expect(await report('--type', 'list')).toMatchObject({ scanned: 30, namespaces: [{ pattern: 'queue:*', keys: 30 }] });
});

it('counts every key and inspects a sample, from which it reckons the rest', async () => {
  const { scanned, sample = 0, namespaces } = await report('--sample', '1000');
  expect(scanned).toBe(2 * USERS + 34);
  expect(sample).toBeGreaterThan(500);
  expect(sample).toBeLessThan(2_000);
  const [users] = namespaces;
  expect(users).toMatchObject({ pattern: 'user:*', keys: 2 * USERS });
  const bytes = await memoryOf('user:*');
  expect((users?.bytes ?? 0) / bytes).toBeGreaterThan(0.8);
  expect((users?.bytes ?? 0) / bytes).toBeLessThan(1.2);
});

it('shows people a table that obeys no key name', async () => {
  const { code, out } = await keyscope([server.url, '--top', '3']);
  expect(code).toBe(0);
  expect(out).toMatch(/^namespace +keys +memory +share +no TTL +types +encodings\n/);
  expect(out).toMatch(/^user:\* +8,000 .* 3,000 +(hash 50 %, string 50 %|string 50 %, hash 50 %) +int 50 %, listpack 45 %, hashtable 5 %$/m);
  expect(out).toMatch(/^3 more \(--top\) +\d/m);
  expect(out).toContain(`8,034 keys, `);
  const all = (await keyscope([server.url])).out;
  expect(all).toContain('\\x1b[31mred\\x1b[0m:*');
  // eslint-disable-next-line no-control-regex -- what a terminal would obey
  expect(all).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});

it('writes nothing and leaves the idle times alone', async () => {
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  const idle = (): Promise<unknown[]> => Promise.all(['user:1', 'user:1:seen', 'queue:mail:0', 'plain'].map((key) => oracle.call('OBJECT', 'IDLETIME', key)));
  await oracle.config('RESETSTAT');
  await report();
  await report('--sample', '50');
  for (const seconds of await idle()) expect(Number(seconds)).toBeGreaterThanOrEqual(2);
  const stats = String(await oracle.info('commandstats'));
  const sent = [...stats.matchAll(/^cmdstat_([^:]+):/gm)].map(([, name = '']) => name);
  expect(sent).not.toContain('keys');
  const writes = (await oracle.call('ACL', 'CAT', 'write')) as string[];
  expect(writes).toContain('set');
  expect(sent.filter((name) => writes.includes(name))).toEqual([]);
});

it('says what a user may not see, and counts all the same', async () => {
  await oracle.call('ACL', 'SETUSER', 'counter', 'reset', 'on', '>pw', '~*', '+@read', '+@connection', '-memory', '-@scripting');
  const { out, code } = await keyscope([`redis://counter@${server.host}:${server.port}`, '--format', 'json'], { REDISCLI_AUTH: 'pw' });
  expect(code).toBe(0);
  expect((JSON.parse(out) as KeyspaceReport).namespaces.find(({ pattern }) => pattern === 'user:*')).toMatchObject({ keys: 2 * USERS, bytes: null, withoutTtl: 0.75 * USERS });
  const table = (await keyscope([`redis://counter@${server.host}:${server.port}`, '--top', '2'], { REDISCLI_AUTH: 'pw' })).out;
  expect(table).toMatch(/^user:\* +8,000 +\? /m);
  expect(table).toMatch(/^4 more \(--top\) +4 +\? /m);
  expect(table).toContain('8,034 keys, memory not known in ');
  expect(table).toContain('Of 8,034 keys this user may not see everything (ACL)');
});

it('adds up what a user may see of some keys alone, and says that it is not all', async () => {
  await oracle.call('ACL', 'SETUSER', 'users', 'reset', 'on', '>pw', '~user:*', '+@read', '+@connection', '+@scripting', '+memory');
  const { out } = await keyscope([`redis://users:pw@${server.host}:${server.port}`]);
  expect(out).toMatch(/^user:\* +8,000 +\d+ KB +100 % /m);
  expect(out).toMatch(/^queue:\* +30 +\? +\?$/m);
  expect(out).toMatch(/^8,034 keys, at least \d+ KB in /m);
  expect(out).toContain('Of 34 keys this user may not see everything');
});

it('says which command a user may not send, not what became of our script', async () => {
  await oracle.call('ACL', 'SETUSER', 'noscan', 'reset', 'on', '>pw', '~*', '+@read', '+@connection', '+@scripting', '-scan');
  const { code, err } = await keyscope([`redis://noscan:pw@${server.host}:${server.port}`]);
  expect(code).toBe(3);
  expect(err).toMatch(/does not let this user run SCAN/);
});

it('ends with 3 where the server cannot be asked, with 2 where the command line makes no sense, and never says a password', async () => {
  expect(await keyscope(['127.0.0.1:1'])).toMatchObject({ code: 3, out: '', err: expect.stringContaining('Nothing listens at redis://127.0.0.1:1') as string });
  const wrong = await keyscope([`redis://counter:secret@${server.host}:${server.port}`]);
  expect(wrong.code).toBe(3);
  expect(wrong.err).not.toContain('secret');
  expect((await keyscope(['http://x'])).code).toBe(2);
  expect(await keyscope(['7391'])).toMatchObject({ code: 2, err: expect.stringContaining('localhost:7391') as string });
  expect(await keyscope(['/run/redis.sock'])).toMatchObject({ code: 2, err: expect.stringContaining('unix:///run/redis.sock') as string });
  expect((await keyscope([server.url, '--depth', '0'])).code).toBe(2);
  expect(await keyscope([server.url, '--cacert', '/nowhere.pem'])).toMatchObject({ code: 2, err: expect.stringContaining('/nowhere.pem') as string });
  expect(await keyscope([server.url, '--match', 'nothing:*'])).toMatchObject({ code: 0, out: expect.stringContaining('No key of 8,034') as string });
});

it('counts every master of a cluster', async () => {
  const cluster = await startCluster();
  try {
    const [first] = cluster.nodes;
    const client = new Redis.Cluster([{ host: first?.host ?? '', port: first?.port ?? 0 }]);
    for (let n = 0; n < 300; n++) await client.set(`order:${n}`, 'v');
    client.disconnect();
    const { out } = await keyscope([first?.url ?? '', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ dbSize: 300, scanned: 300, namespaces: [{ pattern: 'order:*', keys: 300, types: { string: 300 }, withoutTtl: 300 }] });
    expect((await keyscope([first?.url ?? ''])).out).toContain('(cluster)');
  } finally {
    await cluster.stop();
  }
});
