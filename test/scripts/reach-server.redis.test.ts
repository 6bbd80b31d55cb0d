import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reachServer } from '../../scripts/lib/reach-server.ts';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { parseStartOptions } from '../../scripts/lib/start-options.ts';

let server: RunningRedis;

beforeAll(async () => {
  server = await startRedis();
  const redis = new Redis(server.url);
  await redis.set('user:1', 'Ada');
  await redis.call('ACL', 'SETUSER', 'blind', 'on', '>pw', '~user:*', '+get', '+type');
  await redis.call('ACL', 'SETUSER', 'tiny', 'on', '>pw', '~user:*', '+get', '+type', '+scan');
  redis.disconnect();
});

afterAll(async () => server.stop());

/** As `npm start -- --url <url>`; undefined where it goes on. */
async function complaint(url: string): Promise<string | undefined> {
  const spec = parseStartOptions(['--url', url]).server;
  return await reachServer(spec ?? {}).then(() => undefined, (error: Error) => error.message);
}

it('goes on where keys can be shown', async () => {
  expect(await complaint(`localhost:${server.port}`)).toBeUndefined();
  expect(await complaint(`redis://tiny:pw@localhost:${server.port}`)).toBeUndefined();
});

it('notices a user that may not see names, and a database that is not there', async () => {
  expect(await complaint(`redis://blind:pw@localhost:${server.port}`)).toMatch(/^The server does not let this user run SCAN/);
  expect(await complaint(`redis://localhost:${server.port}/99`)).toMatch(/database 99 cannot be opened/);
  expect(await complaint(`redis://blind:wrong@localhost:${server.port}`)).toMatch(/^The server refuses this user and password\. Check both/);
});
