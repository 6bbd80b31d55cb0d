import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { connect, parseRedisUrl, readInfo, ServerError } from '../../src/server/index.ts';
import type { ConnectionSpec, ServerConnection } from '../../src/server/index.ts';
import { makeTlsFiles, reasonWithoutTls, tlsArgs } from './tls-files.ts';
import type { TlsFiles } from './tls-files.ts';

const noTls = await reasonWithoutTls();
const opened: ServerConnection[] = [];
const servers: { stop(): Promise<void> }[] = [];
const start = async (...args: string[]): Promise<RunningRedis> => {
  const server = await startRedis({ args });
  servers.push(server);
  return server;
};
const open = async (spec: ConnectionSpec, options: Parameters<typeof connect>[1] = {}): Promise<ServerConnection> => {
  const connection = await connect(spec, options);
  opened.push(connection);
  return connection;
};
const failure = async (spec: ConnectionSpec, options: Parameters<typeof connect>[1] = {}): Promise<ServerError> => {
  try {
    (await connect(spec, options)).close();
  } catch (error) {
    if (error instanceof ServerError) return error;
    throw error;
  }
  throw new Error('the connection was made');
};
afterAll(async () => {
  for (const connection of opened) connection.close();
  await Promise.all(servers.map((server) => server.stop()));
});

describe('a plain server', () => {
  let server: RunningRedis;
  beforeAll(async () => {
    server = await start();
  });
  const at = (more: ConnectionSpec = {}): ConnectionSpec => ({ host: server.host, port: server.port, ...more });

  it('answers with bytes, by any spelling of a command', async () => {
    const connection = await open(parseRedisUrl(server.url), { readOnly: false });
    expect(await connection.command('set', [Buffer.from([0, 0xff]), Buffer.from([0x80, 0x0d, 0x0a])])).toEqual(Buffer.from('OK'));
    expect(await connection.command('GET', [Buffer.from([0, 0xff])])).toEqual(Buffer.from([0x80, 0x0d, 0x0a]));
    expect(await connection.command('HSET', ['h', 'f', 'v'])).toBe(1);
    expect(await connection.command('hgetall', ['h'])).toEqual([Buffer.from('f'), Buffer.from('v')]);
    expect(await connection.command('GET', ['missing'])).toBeNull();
    expect(await connection.command('CLIENT', ['getname'])).toEqual(Buffer.from('keyscope'));
    expect(connection.state).toEqual({ status: 'ready' });
    expect(connection.nodes).toEqual([{ id: `${server.host}:${server.port}`, host: server.host, port: server.port, slots: [] }]);
    expect((await readInfo(connection)).version).toMatch(/^\d+\.\d+/);
  });
  it('keeps databases apart, also side by side', async () => {
    const connection = await open(at({ db: 2 }), { readOnly: false });
    await Promise.all([0, 1, 2, 3].map((db) => connection.command('SET', ['where', String(db)], { db })));
    const replies = await Promise.all(Array.from({ length: 40 }, (_, n) => connection.command('GET', ['where'], { db: n % 4 })));
    expect(replies.map(String)).toEqual(Array.from({ length: 40 }, (_, n) => String(n % 4)));
    expect(String(await connection.command('GET', ['where']))).toBe('2');
  });
  it('reports replies that are errors, and goes on', async () => {
    const connection = await open(at(), { readOnly: false });
    await connection.command('SET', ['text', 'x']);
    await expect(connection.command('LPUSH', ['text', 'x'])).rejects.toMatchObject({ kind: 'reply', code: 'WRONGTYPE' });
    await expect(connection.command('GET', [])).rejects.toMatchObject({ kind: 'reply', code: 'ERR' });
    expect(await connection.pipeline([['GET', 'text'], ['LLEN', 'text'], ['STRLEN', 'text']])).toMatchObject([{ value: Buffer.from('x') }, { error: { code: 'WRONGTYPE' } }, { value: 1 }]); // prettier-ignore
  });
  it('refuses a database that is not there, and does not end up in another', async () => {
    expect(await failure(at({ db: 99 }))).toMatchObject({ kind: 'invalid-spec', message: expect.stringContaining('99') as unknown });
    const connection = await open(at());
    await expect(connection.command('DBSIZE', [], { db: 99 })).rejects.toMatchObject({ kind: 'invalid-spec' });
  });
  it('says that a TLS connection met no TLS', async () => {
    expect(await failure(at({ tls: {} }), { timing: { connectTimeoutMs: 1_500 } })).toMatchObject({ kind: 'tls-unexpected' });
  });
  it('answers no more when closed', async () => {
    const connection = await connect(at());
    const states: string[] = [];
    connection.onState(({ status }) => states.push(status));
    connection.close();
    await expect(connection.command('GET', ['k'])).rejects.toMatchObject({ kind: 'closed' });
    connection.close();
    expect(states).toEqual(['closed']);
  });
});

describe('users and passwords', () => {
  let server: RunningRedis;
  beforeAll(async () => {
    server = await start('--requirepass', 'hunter2', '--user', 'reader', 'on', '>r3ader', '~app:*', '+@read', '+ping', '-@dangerous');
  });
  const at = (more: ConnectionSpec = {}): ConnectionSpec => ({ host: server.host, port: server.port, ...more });

  it('says which of them is missing or wrong, never the password', async () => {
    expect(await failure(at())).toMatchObject({ kind: 'auth-required' });
    for (const spec of [at({ password: 'nope-secret' }), at({ username: 'reader', password: 'nope-secret' }), at({ username: 'nobody', password: 'nope-secret' })]) {
      const error = await failure(spec);
      expect(error).toMatchObject({ kind: 'wrong-password' });
      expect(JSON.stringify([error.message, error.stack, { ...error }])).not.toContain('nope-secret');
    }
  });
  it('lets them in', async () => {
    expect(await (await open(at({ password: 'hunter2' }))).command('DBSIZE')).toBe(0);
    const reader = await open(at({ username: 'reader', password: 'r3ader' }));
    expect(await reader.command('GET', ['app:1'])).toBeNull();
    await expect(reader.command('GET', ['other'])).rejects.toMatchObject({ kind: 'no-permission', code: 'NOPERM' });
    // INFO is @dangerous, and not theirs.
    expect(await readInfo(reader)).toMatchObject({ version: undefined, databases: undefined });
  });
});

describe.skipIf(noTls !== undefined)(`TLS${noTls === undefined ? '' : ` (not tried: ${noTls})`}`, () => {
  let files: TlsFiles;
  let open_: { host: string; port: number };
  let strict: { host: string; port: number };
  beforeAll(async () => {
    files = makeTlsFiles();
    const [first, second] = [await freePort(), await freePort()];
    await start(...tlsArgs(files, first, 'no'));
    await start(...tlsArgs(files, second, 'yes'));
    open_ = { host: '127.0.0.1', port: first };
    strict = { host: '127.0.0.1', port: second };
  });
  afterAll(() => files.remove());

  it('works with the authority given, or with checks switched off', async () => {
    expect(await (await open({ ...open_, tls: { ca: files.text('ca.crt') } })).command('DBSIZE')).toBe(0);
    expect(await (await open({ ...open_, host: 'localhost', tls: { ca: files.text('ca.crt') } })).command('DBSIZE')).toBe(0);
    expect(await (await open({ ...open_, tls: { rejectUnauthorized: false } })).command('DBSIZE')).toBe(0);
  });
  it('names an unknown authority and a wrong name', async () => {
    expect(await failure({ ...open_, tls: {} })).toMatchObject({ kind: 'certificate' });
    expect(await failure({ ...open_, tls: { ca: files.text('ca.crt'), servername: 'elsewhere.example' } })).toMatchObject({ kind: 'certificate' });
  });
  it('says that the port wants TLS', async () => {
    expect(await failure(open_, { timing: { connectTimeoutMs: 1_500 } })).toMatchObject({ kind: 'tls-required' });
  });
  it('says that a given certificate is no PEM text', async () => {
    expect(await failure({ ...open_, tls: { ca: 'garbage', rejectUnauthorized: false, cert: 'garbage', key: 'garbage' } })).toMatchObject({ kind: 'certificate' });
  });
  it('gives a client certificate, and says when one is wanted', async () => {
    const tls = { ca: files.text('ca.crt'), cert: files.text('client.crt'), key: files.text('client.key') };
    expect(await (await open({ ...strict, tls })).command('DBSIZE')).toBe(0);
    expect(await failure({ ...strict, tls: { ca: files.text('ca.crt') } })).toMatchObject({ kind: 'certificate', message: expect.stringContaining('client certificate') as unknown });
  });
});

describe('whoever else may answer', () => {
  const listening: { server: Server; sockets: Set<Socket> }[] = [];
  const listen = async (answer: (socket: Socket) => void): Promise<ConnectionSpec> => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      answer(socket);
    });
    listening.push({ server, sockets });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port };
  };
  afterAll(() => {
    for (const { server, sockets } of listening) {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });

  it('nobody', async () => {
    const error = await failure({ host: '127.0.0.1', port: await freePort() });
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringMatching(/Nothing listens at redis:\/\/127\.0\.0\.1/) as unknown });
  });
  it('an unknown host', async () => expect(await failure({ host: 'no-such-host.invalid' })).toMatchObject({ kind: 'unknown-host' }));
  it('a missing socket file', async () => expect(await failure({ path: '/nonexistent/redis.sock' })).toMatchObject({ kind: 'unreachable' }));
  it('a web server', async () => {
    const spec = await listen((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await failure(spec)).toMatchObject({ kind: 'protocol' });
  });
  it('one that hangs up', async () => {
    expect(await failure(await listen((socket) => socket.destroy()))).toMatchObject({ kind: expect.stringMatching(/tls-required|lost/) as unknown });
  });
  it('one that says nothing', async () => {
    const started = Date.now();
    expect(await failure(await listen(() => undefined), { timing: { connectTimeoutMs: 500 } })).toMatchObject({ kind: 'timeout' });
    expect(Date.now() - started).toBeLessThan(3_000);
  });
  it('one that is full, or in protected mode', async () => {
    expect(await failure(await listen((socket) => socket.end('-ERR max number of clients reached\r\n')))).toMatchObject({ message: expect.stringContaining('maxclients') as unknown });
    const denied = await listen((socket) => socket.end('-DENIED Redis is running in protected mode because protected mode is enabled\r\n'));
    expect(await failure(denied)).toMatchObject({ kind: 'no-permission' });
  });
  it('one that is loading, at first', async () => {
    let pings = 0;
    const spec = await listen((socket) =>
      socket.on('data', (data) => {
        for (const _ of data.toString().matchAll(/\*\d/g)) {
          pings++;
          socket.write(pings < 6 ? '-LOADING Redis is loading the dataset in memory\r\n' : '+PONG\r\n');
        }
      }),
    );
    const connection = await open(spec, { timing: { connectTimeoutMs: 5_000 } });
    expect(connection.state.status).toBe('ready');
    expect(pings).toBeGreaterThan(5);
  });
  it('one that is loading for too long', async () => {
    const spec = await listen((socket) => socket.on('data', (data) => socket.write('-LOADING x\r\n'.repeat([...data.toString().matchAll(/\*\d/g)].length))));
    expect(await failure(spec, { timing: { connectTimeoutMs: 700 } })).toMatchObject({ kind: 'loading' });
  });
});

it('opens a unix socket', async () => {
  const server = await start('--unixsocket', './redis.sock');
  const connection = await open({ path: `${server.dir}/redis.sock` });
  expect(await connection.command('DBSIZE')).toBe(0);
  expect(connection.where).toBe(`unix://${server.dir}/redis.sock`);
});
