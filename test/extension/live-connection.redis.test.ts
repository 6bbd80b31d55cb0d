import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { LiveConnection } from '../../src/extension/connections/live-connection.ts';
import type { LiveConnectionOptions } from '../../src/extension/connections/live-connection.ts';

let server: RunningRedis;
const made: LiveConnection[] = [];

function live(url: string, more: Partial<LiveConnectionOptions> = {}): LiveConnection {
  const connection = new LiveConnection({
    saved: { config: { name: 'n', url }, scope: 'user' },
    writable: false,
    credentials: () => Promise.resolve({ credentials: {} }),
    confirm: () => Promise.resolve(false),
    onChange: () => undefined,
    ...more,
  });
  made.push(connection);
  return connection;
}

beforeAll(async () => {
  server = await startRedis({ args: ['--requirepass', 'sesame'] });
});
afterAll(async () => {
  for (const connection of made) connection.close();
  await server?.stop();
});
const withPassword = { credentials: () => Promise.resolve({ credentials: { password: 'sesame' } }) };

describe('a live connection', () => {
  it('opens when it was closed and opened again while the first attempt was under way', async () => {
    const connection = live(server.url, withPassword);
    const first = connection.connect();
    connection.disconnect();
    await connection.connect();
    expect(connection.state.status).toBe('ready');
    await first;
    expect(connection.state.status).toBe('ready');
    expect(connection.closedByPerson).toBe(false);
    expect(await connection.open.keyspace.databases()).toHaveLength(1);
  });

  it('stays closed when it was closed while it was being opened', async () => {
    const connection = live(server.url, withPassword);
    const opening = connection.connect();
    connection.disconnect();
    await opening;
    expect(connection.state.status).toBe('closed');
    expect(() => connection.open).toThrow('“n” is not connected. Connect it in the Keys view.');
  });

  it('says what is wrong, and whether a change of its settings would help', async () => {
    const nobody = live(`redis://127.0.0.1:${await freePort()}`);
    await nobody.connect();
    expect(nobody.state).toMatchObject({ status: 'failed', editable: false, retryInMs: 3_000 });
    nobody.close();
    const guarded = live(server.url);
    await guarded.connect();
    expect(guarded.state).toMatchObject({ status: 'failed', editable: true, retryInMs: undefined });
    expect(() => guarded.open).toThrow(/“n” is not connected\. .*wants a user and a password/);
    for (const url of ['redis://h/zero', 'redis://${env:KEYSCOPE_NO_SUCH_VARIABLE}']) {
      const wrong = live(url);
      await wrong.connect();
      expect(wrong.state).toMatchObject({ status: 'failed', editable: true });
    }
  });

  it('says why the stored password was not sent, where the server wants one', async () => {
    const withheld = 'The stored user and password of “n” were not sent, because the address changed since they were given.';
    const guarded = live(server.url, { credentials: () => Promise.resolve({ credentials: {}, withheld }), whyReadOnly: 'Read-only again.' });
    await guarded.connect();
    expect(guarded.state).toMatchObject({ status: 'failed', editable: true, error: { message: expect.stringContaining(`${withheld} Edit the connection`) as unknown } });
    expect(guarded.notes).toEqual([withheld, 'Read-only again.']);
  });

  it('sends nothing secret to a server that it does not trust, before or after', async () => {
    const heard: Buffer[] = [];
    const port = await freePort();
    const spy: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => heard.push(chunk));
      setTimeout(() => socket.destroy(), 300);
    });
    await new Promise<void>((resolve) => spy.listen(port, '127.0.0.1', resolve));
    // TLS is expected; whoever answers speaks none.
    const connection = live(`rediss://127.0.0.1:${port}`, withPassword);
    await connection.connect();
    connection.close();
    spy.close();
    expect(connection.state.status).toBe('closed');
    expect(heard.length).toBeGreaterThan(0);
    expect(Buffer.concat(heard).includes('sesame')).toBe(false);
  });
});
