/** What the shared client promises, tried on a real server. One list for every library, major and language. */
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { startRedis, type RunningRedis } from '../../scripts/lib/redis-server.ts';
import type { TemplateChoice } from '../../src/client-template/render.ts';
import { startClient, type Client, type Times } from './driver.ts';
import { startProxy } from './proxy.ts';

const quick: Times = { HEALTH_CHECK_INTERVAL_MS: 300, PING_TIMEOUT_MS: 200 };

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(options?: Parameters<typeof startRedis>[0]): Promise<RunningRedis> {
  const redis = await startRedis(options);
  cleanups.push(() => redis.stop());
  return redis;
}

async function clientOf(choice: TemplateChoice, url: string, times?: Times, home?: string): Promise<Client> {
  const client = await startClient(choice, url, times, home);
  cleanups.push(() => client.end());
  return client;
}

/** A connection of the test's own that looks at the server. */
function observer(url: string): Redis {
  const redis = new Redis(url);
  redis.on('error', () => undefined);
  cleanups.push(() => redis.disconnect());
  return redis;
}

/** Connections that the server has, the observer's left out. */
async function connections(redis: Redis): Promise<number> {
  const list = (await redis.client('LIST')) as string;
  return list.trim().split('\n').length - 1;
}

/** Connections that were ever made to the server. */
async function connectionsMade(redis: Redis): Promise<number> {
  return Number(/total_connections_received:(\d+)/.exec(await redis.info('stats'))?.[1]);
}

async function eventually(what: string, holds: () => Promise<boolean>, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The few that show that a variant runs at all. */
export function essentials(choice: TemplateChoice, home?: string): void {
  it('opens one connection, at the first command, for many calls at once', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const before = await connectionsMade(watch);
    const client = await clientOf(choice, redis.url, {}, home);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await connections(watch)).toBe(0);
    expect(await client.call('incrManyAtOnce', 'n', 500)).toBe(500);
    expect(await connections(watch)).toBe(1);
    expect(await connectionsMade(watch)).toBe(before + 1);
  });

  it('is one per process when its module is evaluated again', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const client = await clientOf(choice, redis.url, {}, home);
    await client.call('set', 'a', '1');
    expect(await client.call('sameAfterReload')).toBe(true);
    await client.call('setIn', 2, 'a', '1');
    expect(await connections(watch)).toBe(2);
  });

  it('has one more for each distinct set of other options, and closes them all', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const client = await clientOf(choice, redis.url, {}, home);
    expect(await client.call('manyIn', [3, 4, 3, 4, 3])).toBe(2);
    expect(await client.call('defaultIsShared')).toBe(true);
    await client.call('set', 'a', 'default');
    await client.call('setIn', 3, 'a', 'third');
    await client.call('setIn', 4, 'b', 'fourth');
    expect(await connections(watch)).toBe(3);
    expect(await watch.get('a')).toBe('default');
    await watch.select(3);
    expect(await watch.get('a')).toBe('third');
    await client.call('close');
    await eventually('the connections are closed', async () => (await connections(watch)) === 0);
    expect(await client.letGo()).toBe(0);
  });

  it('lets commands finish at close(), ends the process, and opens anew after it', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const client = await clientOf(choice, redis.url, {}, home);
    expect(await client.call('incrManyAndClose', 'n', 2000)).toBe(2000);
    expect(await watch.get('n')).toBe('2000');
    await eventually('the connection is closed', async () => (await connections(watch)) === 0);
    await client.call('set', 'a', '1');
    expect(await connections(watch)).toBe(1);
    await client.call('close');
    await client.call('close');
    expect(await client.letGo()).toBe(0);
    expect(client.errors()).toBe('');
  });
}

/** What it does when the server does not. */
export function outages(choice: TemplateChoice, home?: string): void {
  it('comes back by itself after the server was killed and started again', async () => {
    const first = await server();
    const client = await clientOf(choice, first.url, {}, home);
    await client.call('set', 'a', '1');
    await first.kill();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(client.exitCode()).toBeUndefined();
    expect(client.errors()).toMatch(/^Redis: .+\n$/);
    const second = await server({ port: first.port });
    await eventually('commands work again', async () => (await client.call('set', 'b', '2')) === 'OK');
    expect(await observer(second.url).get('b')).toBe('2');
  });

  it('rejects, in words and in time, where no server is, and does not end the process', async () => {
    const gone = await server();
    await gone.kill();
    const client = await clientOf(choice, gone.url, { READY_TIMEOUT_MS: 1000 }, home);
    await expect(client.call('ready')).rejects.toThrow(/not reachable|max retries|ECONNREFUSED/i);
    expect(client.exitCode()).toBeUndefined();
    expect(client.errors()).toMatch(/ECONNREFUSED/);
    await server({ port: gone.port });
    await eventually('it gets through', async () => (await client.call('set', 'a', '1')) === 'OK');
  });

  it('closes while there is no server', async () => {
    const gone = await server();
    const client = await clientOf(choice, gone.url, { CLOSE_TIMEOUT_MS: 500 }, home);
    await client.call('set', 'a', '1');
    await gone.kill();
    await client.call('close');
    expect(await client.letGo()).toBe(0);
  });

  it('notices a half-open connection and connects anew', async () => {
    const redis = await server();
    const proxy = await startProxy(redis.port);
    cleanups.push(() => proxy.stop());
    const client = await clientOf(choice, proxy.url, quick, home);
    await client.call('set', 'a', '1');
    expect(proxy.count()).toBe(1);
    proxy.freeze();
    await eventually('a second connection is made', async () => proxy.count() === 2);
    await eventually('commands work again', async () => (await client.call('get', 'a')) === '1');
    expect(client.errors()).toMatch(/no reply to PING/);
  });

  it('notices a server that hangs, and goes on with it when it goes on', async () => {
    const redis = await server();
    const client = await clientOf(choice, redis.url, quick, home);
    await client.call('set', 'a', '1');
    process.kill(redis.pid, 'SIGSTOP');
    try {
      await eventually('it is reported', async () => client.errors().includes('no reply to PING'));
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await eventually('commands work again', async () => (await client.call('get', 'a')) === '1');
    expect(client.exitCode()).toBeUndefined();
  });

  it('leaves a healthy connection alone, health checks or not', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const before = await connectionsMade(watch);
    const client = await clientOf(choice, redis.url, quick, home);
    await client.call('set', 'a', '1');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await connectionsMade(watch)).toBe(before + 1);
    expect(await watch.info('commandstats')).toMatch(/cmdstat_ping:calls=[3-9]/);
  });

  it('takes a refused PING for an answer', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    await watch.acl('SETUSER', 'app', 'on', '>secret', '~*', '+@all', '-ping');
    const before = await connectionsMade(watch);
    const client = await clientOf(choice, redis.url.replace('//', '//app:secret@'), quick, home);
    await client.call('set', 'a', '1');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await connections(watch)).toBe(1);
    expect(await connectionsMade(watch)).toBe(before + 1);
  });

  it('gives a connection of its own for blocking commands', async () => {
    const redis = await server();
    const watch = observer(redis.url);
    const client = await clientOf(choice, redis.url, {}, home);
    expect(await client.call('duplicate')).toBe('a');
    await eventually('it is closed again', async () => (await connections(watch)) === 1);
  });
}
