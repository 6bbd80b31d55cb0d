/** What counts as a call on a client, and what only has a method of the same name. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

async function commandsOf(code: string): Promise<string[]> {
  const { calls } = await withProject({ 'a.ts': code }, (analyzer) => analyzer.calls());
  return calls.map(({ command, receiver }) => `${command} ${receiver}`);
}

it('a stream of keys is no client', async () => {
  const code = `import Redis from 'ioredis';
export function walk(redis: Redis) { const stream = redis.scanStream(); stream.on('data', () => stream.pause()); stream.once('end', () => undefined); }`;
  expect(await commandsOf(code)).toEqual(['@scanStream client']);
});

it('part of a client is one', async () => {
  const code = `import type Redis from 'ioredis';
import type { Cluster } from 'ioredis';
import type { RedisClientType } from 'redis';
export async function all(a: Pick<Redis, 'get' | 'on' | 'scanStream'>, b: Omit<Cluster, 'set'>, c: Pick<RedisClientType, 'get' | 'on'>) {
  await a.get('x'); a.on('ready', () => undefined); a.scanStream(); await b.get('y'); await c.get('z'); c.on('ready', () => undefined);
}`;
  expect(await commandsOf(code)).toEqual(['GET client', '@on client', '@scanStream client', 'GET client', 'GET client', '@on client']);
});
