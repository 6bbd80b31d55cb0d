import { match, ok, strictEqual } from 'node:assert';
import { Redis } from 'ioredis';
import { startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Internals } from '../../../src/extension/extension.ts';
import { activated, until } from '../support/internals.ts';
import { find, rows, setConnections } from '../support/tree.ts';

describe('a server that goes away', () => {
  let server: RunningRedis;
  let internals: Internals;

  before(async () => {
    internals = await activated();
    server = await startRedis();
    await setConnections(internals, [{ name: 'fragile', url: server.url }]);
  });

  after(async () => {
    await setConnections(internals, []);
    await server.stop();
  });

  it('is shown as lost when it is killed, and comes back by itself', async () => {
    await seed(server.url, 'before');
    const connection = await find(internals, 'fragile');
    ok(await find(internals, 'fragile', 'db0', 'before'));
    await server.kill();
    const lost = await until('the loss is shown', async () => (await rows(internals)).find(({ description }) => description.includes('connection lost')));
    match(lost.context, /^connection (lost|reconnecting) /);
    const [message, ...seen] = await rows(internals, connection.node);
    strictEqual(message?.label, 'Waiting for the server');
    match(message.description, /redis:\/\/127\.0\.0\.1/);
    strictEqual(seen.map(({ label }) => label).join(), 'db0');

    server = await startRedis({ port: server.port });
    await seed(server.url, 'after');
    await until('the connection is ready again', async () => (await rows(internals))[0]?.context === 'connection ready readonly');
    const names = await until('the names of the new server', async () => {
      const labels = (await rows(internals, (await find(internals, 'fragile', 'db0')).node)).map(({ label }) => label);
      return labels.includes('after') ? labels : undefined;
    });
    strictEqual(names.join(), 'after');
  });

  it('is tried again when it was not there from the start', async () => {
    const { port } = server;
    await server.stop();
    await setConnections(internals, []);
    await setConnections(internals, [{ name: 'late', url: `redis://127.0.0.1:${port}` }]);
    const { node } = await find(internals, 'late');
    const [message] = await rows(internals, node);
    match(message?.label ?? '', /Nothing listens at redis:\/\/127\.0\.0\.1/);
    match((await rows(internals))[0]?.description ?? '', /cannot connect, trying again/);
    server = await startRedis({ port });
    await until('the late server', async () => (await rows(internals))[0]?.context === 'connection ready readonly');
  });

  it('says what is wrong with a password, and does not try again', async () => {
    const guarded = await startRedis({ args: ['--requirepass', 'sesame'] });
    try {
      await setConnections(internals, [{ name: 'guarded', url: guarded.url }]);
      const { node } = await find(internals, 'guarded');
      match((await rows(internals, node))[0]?.label ?? '', /password/);
      strictEqual((await rows(internals))[0]?.description, 'cannot connect');
      const saved = internals.store.find('guarded');
      ok(saved);
      await internals.store.save(saved.config, { password: 'sesame' }, 'user', saved);
      internals.manager.renew('guarded');
      await until('the right password', async () => (await rows(internals, (await find(internals, 'guarded')).node))[0]?.label === 'db0');
      strictEqual(JSON.stringify(internals.store.list()).includes('sesame'), false);
    } finally {
      await setConnections(internals, []);
      await guarded.stop();
    }
  });
});

async function seed(url: string, key: string): Promise<void> {
  const redis = new Redis(url);
  await redis.set(key, '1');
  redis.disconnect();
}
