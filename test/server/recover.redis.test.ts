import { createServer, connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort, startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { connect } from '../../src/server/index.ts';
import type { ConnectionState, ServerConnection } from '../../src/server/index.ts';

const clean: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of clean.splice(0).reverse()) await undo();
});
const start = async (options: Parameters<typeof startRedis>[0] = {}): Promise<RunningRedis> => {
  const server = await startRedis(options);
  clean.push(() => server.stop());
  return server;
};
const open = async (...args: Parameters<typeof connect>): Promise<ServerConnection> => {
  const connection = await connect(...args);
  clean.push(() => connection.close());
  return connection;
};
const until = async (connection: ServerConnection, wanted: (state: ConnectionState) => boolean, ms = 10_000): Promise<ConnectionState> =>
  new Promise((resolve, reject) => {
    if (wanted(connection.state)) return resolve(connection.state);
    const timer = setTimeout(() => reject(new Error(`still ${JSON.stringify(connection.state)}`)), ms);
    const stop = connection.onState((state) => {
      if (!wanted(state)) return;
      clearTimeout(timer);
      stop();
      resolve(state);
    });
  });

it('shows a killed server as lost, fails commands at once, and comes back by itself', async () => {
  const server = await start();
  const connection = await open({ host: server.host, port: server.port }, { readOnly: false, timing: { maxRetryDelayMs: 200 } });
  await connection.command('SET', ['k', 'v'], { db: 3 });
  const statuses: string[] = [];
  connection.onState(({ status }) => statuses.push(status));

  await server.kill();
  expect(await until(connection, ({ status }) => status === 'lost')).toMatchObject({ error: { kind: 'lost' }, retryInMs: 100 });
  const started = Date.now();
  await expect(connection.command('GET', ['k'])).rejects.toMatchObject({ kind: 'lost' });
  await expect(connection.pipeline([['GET', 'k']])).resolves.toMatchObject([{ error: { kind: 'lost' } }]);
  await expect(connection.command('GET', ['k'], { db: 3 })).rejects.toMatchObject({ kind: expect.stringMatching(/lost|refused/) as unknown });
  expect(Date.now() - started).toBeLessThan(500);
  expect(await until(connection, (state) => state.status === 'lost' && state.error.kind === 'refused')).toBeDefined();

  await start({ port: server.port });
  await until(connection, ({ status }) => status === 'ready');
  expect(await connection.command('GET', ['k'])).toBeNull();
  // The other database's link too, whatever it was waiting for.
  expect(await connection.command('GET', ['k'], { db: 3 })).toBeNull();
  expect(statuses.slice(0, 2)).toEqual(['lost', 'reconnecting']);
  expect(statuses.at(-1)).toBe('ready');
});

it('rejects what was under way, and sends it only once', async () => {
  const server = await start();
  const connection = await open({ host: server.host, port: server.port }, { readOnly: false, confirm: async () => true });
  await connection.command('INCR', ['before']);
  const slow = connection.command('EVAL', ["while true do redis.call('INCR', 'n') end", '0']);
  slow.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const settled = Promise.allSettled([slow, connection.command('INCR', ['m'])]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await server.kill();
  expect(await settled).toMatchObject([{ reason: { kind: 'lost' } }, { reason: { kind: 'lost' } }]);
  await start({ port: server.port });
  await until(connection, ({ status }) => status === 'ready');
  expect(await connection.command('EXISTS', ['m', 'n'])).toBe(0);
});

it('does not try again after a password was changed, until told to', async () => {
  const server = await start({ args: ['--requirepass', 'first'] });
  const connection = await open({ host: server.host, port: server.port, password: 'first' }, { timing: { maxRetryDelayMs: 100 } });
  await server.kill();
  const again = await start({ port: server.port, args: ['--requirepass', 'second'] });
  expect(await until(connection, (state) => state.status === 'lost' && state.retryInMs === undefined)).toMatchObject({ error: { kind: 'wrong-password' } });
  await again.kill();
  await start({ port: server.port, args: ['--requirepass', 'first'] });
  connection.reconnect();
  await until(connection, ({ status }) => status === 'ready');
});

it('finds out that a server has gone silent', async () => {
  const server = await start();
  const sockets = new Set<Socket>();
  let stalled = false;
  const proxy = createServer((client) => {
    const upstream = connectTcp(server.port, server.host);
    sockets.add(client).add(upstream);
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('data', (data) => stalled || upstream.write(data));
    upstream.on('data', (data) => stalled || client.write(data));
    client.on('close', () => upstream.destroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  clean.push(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const connection = await open({ host: '127.0.0.1', port }, { timing: { replyTimeoutMs: 400, connectTimeoutMs: 2_000, maxRetryDelayMs: 100 } });
  stalled = true;
  const started = Date.now();
  await expect(connection.command('GET', ['k'])).rejects.toMatchObject({ kind: expect.stringMatching(/lost|timeout/) as unknown });
  expect(Date.now() - started).toBeLessThan(5_000);
  await until(connection, ({ status }) => status !== 'ready');
  stalled = false;
  await until(connection, ({ status }) => status === 'ready');
  expect(await connection.command('GET', ['k'])).toBeNull();
});

it('explains a replica that takes no writes', async () => {
  const primary = await start();
  const replica = await start({ args: ['--replicaof', primary.host, String(primary.port)] });
  const toPrimary = await open({ host: primary.host, port: primary.port }, { readOnly: false });
  const toReplica = await open({ host: replica.host, port: replica.port }, { readOnly: false });
  await toPrimary.command('SET', ['k', 'v']);
  await expect.poll(() => toReplica.command('GET', ['k']).then(String), { timeout: 15_000 }).toBe('v');
  await expect(toReplica.command('SET', ['k', 'w'])).rejects.toMatchObject({ kind: 'reply', code: 'READONLY', message: expect.stringContaining('replica') as unknown });
});

it('ends quietly: no rejection is left when a server dies with links of several databases open', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const server = await start();
  const connection = await open({ host: server.host, port: server.port });
  await Promise.all([1, 2, 3].map((db) => connection.command('DBSIZE', [], { db })));
  await server.kill();
  await new Promise((resolve) => setTimeout(resolve, 600));
  connection.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
