/** The gate before a real server: whatever is tried on a read-only connection, the data stays what it is. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { commandInfo, commandNames } from '../../src/redis/commands.ts';
import { judge } from '../../src/server/gate.ts';
import { connect } from '../../src/server/index.ts';
import type { Question, ServerConnection } from '../../src/server/index.ts';

let server: RunningRedis;
/** An independent view of the server. */
let oracle: Redis;
let connection: ServerConnection;

beforeAll(async () => {
  server = await startRedis({ args: ['--enable-debug-command', 'yes', '--rename-command', 'STRLEN', '', '--rename-command', 'FLUSHDB', 'STRLEN'] });
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  await oracle.set('string', 'value', 'EX', 10_000);
  await oracle.rpush('list', '3', '1', '2');
  await oracle.hset('hash', 'f', '1');
  await oracle.sadd('set', 'a', 'b');
  await oracle.zadd('zset', 1, 'a', 2, 'b');
  await oracle.xadd('stream', '1-1', 'f', 'v');
  await oracle.pfadd('hll', 'a', 'b', 'c');
  connection = await connect({ host: server.host, port: server.port });
});
afterAll(async () => {
  connection?.close();
  oracle?.disconnect();
  await server?.stop();
});

const digest = async () => [await oracle.call('DEBUG', 'DIGEST'), await oracle.call('CONFIG', 'GET', '*'), await oracle.call('FUNCTION', 'LIST'), await oracle.call('ACL', 'LIST')];

describe('read-only', () => {
  it('keeps the data whatever command is tried, in any spelling and with any key', async () => {
    const before = await digest();
    const keys = ['string', 'list', 'hash', 'set', 'zset', 'stream', 'hll'];
    const tails = [[], ...keys.map((key) => [key]), ['new', 'x'], ['list', 'STORE', 'target'], ['string', 'EX', '1'], ['1', 'string', 'x'], ['zset', '1', 'zset'], ['maxmemory', '1'], ['hash', 'f', '9']];
    let sent = 0;
    let refused = 0;
    for (const name of commandNames().filter((command) => commandInfo(command)?.module === undefined)) {
      const [first = '', ...rest] = name.split(' ');
      for (const [spelling, words] of [[name, []], [first.toLowerCase(), rest.map((word) => word.toLowerCase())]] as const) { // prettier-ignore
        for (const tail of tails) {
          await connection.command(spelling, [...words, ...tail]).then(
            () => sent++,
            (error: { kind: string }) => (error.kind === 'not-allowed' ? refused++ : sent++),
          );
        }
      }
    }
    expect(await digest()).toEqual(before);
    expect(connection.state.status).toBe('ready');
    expect(refused).toBeGreaterThan(sent);
    expect(sent).toBeGreaterThan(500);
  });

  it.each([
    ['EVAL', "return redis.call('SET', 'string', 'x')", '0'],
    ['eval_ro', "return redis.call('GET', 'string')", '0'],
    ['EvalSha', 'a'.repeat(40), '0'],
    ['FUNCTION', 'LOAD', "#!lua name=x\nredis.register_function('f', function() return redis.call('SET', 'string', 'x') end)"],
    ['FCALL', 'f', '0'],
    ['CONFIG', 'sEt', 'maxmemory', '1'],
    ['sort', 'list', 'STORE', 'target'],
    ['GETEX', 'string', 'PERSIST'],
    ['KEYS', '*'],
    ['DEBUG', 'FLUSHALL'],
    ['SELECT', '5'],
    ['MULTI'],
    ['SUBSCRIBE', 'c'],
    ['MONITOR'],
    ['GET\r\nSET string x\r\n', 'string'],
    ['PFCOUNT', 'hll'],
  ])('refuses %s %s', async (name, ...args) => {
    await expect(connection.command(name, args)).rejects.toMatchObject({ kind: 'not-allowed', message: expect.stringMatching(/Nothing was sent\.$/) as unknown });
    expect(await connection.pipeline([[name, ...args]])).toMatchObject([{ error: { kind: 'not-allowed' } }]);
  });

  it('does not fall for a renamed command: what this server calls STRLEN writes', async () => {
    await expect(connection.command('STRLEN', [])).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await oracle.dbsize()).toBe(7);
  });

  it('does not forget to ask the server what a name means because the server was busy once', async () => {
    const fresh = await connect({ host: server.host, port: server.port });
    const before = await oracle.dbsize();
    const blocker = new Redis(server.port, server.host, { protocol: 2 });
    await oracle.config('SET', 'busy-reply-threshold', '20');
    const script = blocker.eval('while true do end', 0).catch(() => undefined);
    try {
      await expect.poll(async () => oracle.get('string').catch(({ message }: Error) => message), { timeout: 5_000 }).toMatch(/^BUSY/);
      await expect(fresh.command('STRLEN')).rejects.toMatchObject({ code: 'BUSY' });
    } finally {
      await oracle.call('SCRIPT', 'KILL');
      await script;
      blocker.disconnect();
      await oracle.config('SET', 'busy-reply-threshold', '5000');
    }
    await expect(fresh.command('STRLEN')).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await oracle.dbsize()).toBe(before);
    fresh.close();
  });

  it.each([['requirepass'], ['masterauth'], ['tls-key-file-pass'], ['*'], ['*pass*'], ['MASTERAUTH'], ['re?uirepass', 'masterauth']])('tells no password by CONFIG GET %s', async (...patterns) => {
    await oracle.call('CONFIG', 'SET', 'requirepass', 'hunter2-r', 'masterauth', 'hunter2-m');
    try {
      const replies = [await connection.command('config', ['Get', ...patterns]), (await connection.pipeline([['CONFIG GET', ...patterns]]))[0]?.value];
      expect(await connection.command('CONFIG GET', ['maxmemory'])).toEqual([Buffer.from('maxmemory'), Buffer.from('0')]);
      for (const reply of replies) {
        expect(Array.isArray(reply)).toBe(true);
        expect(String(reply)).not.toContain('hunter2');
        if (patterns.includes('masterauth')) expect(String(reply)).toContain('masterauth,(hidden)');
        if (patterns.includes('tls-key-file-pass')) expect(reply).toEqual([Buffer.from('tls-key-file-pass'), Buffer.from('')]);
      }
    } finally {
      await oracle.call('CONFIG', 'SET', 'requirepass', '', 'masterauth', '');
    }
  });

  it('keeps hostile arguments arguments', async () => {
    expect(await connection.command('EXISTS', ['x\r\n*1\r\n$8\r\nFLUSHALL\r\n'])).toBe(0);
    expect(await connection.command('GET', ['string\r\nDEL string\r\n'])).toBeNull();
    expect(await oracle.dbsize()).toBe(7);
  });
});

describe('writable', () => {
  it('writes, asks before what is dangerous, and obeys', async () => {
    const questions: Question[] = [];
    let answer = false;
    const writable = await connect({ host: server.host, port: server.port, db: 5 }, { readOnly: false, confirm: async (question) => (questions.push(question), answer) });
    await writable.command('SET', ['k', 'v']);
    await expect(writable.command('flushall', [])).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await oracle.dbsize()).toBe(7);
    answer = true;
    expect(await writable.command('KEYS', ['*'])).toEqual([Buffer.from('k')]);
    expect(await writable.command('EVAL', ["return redis.call('DEL', 'k')", '0'])).toBe(1);
    expect(questions.map(({ command }) => command)).toEqual(['FLUSHALL', 'KEYS', 'EVAL']);
    await expect(writable.command('SELECT', ['0'])).rejects.toMatchObject({ kind: 'not-allowed' });
    writable.close();
  });
  it('asks before each command that this server has and that is no read or write of keys', async () => {
    const said = new Map<string, { flags: string[]; acl: string[]; firstKey: number }>();
    const note = (entry: unknown[]): void => {
      const words = (list: unknown): string[] => (list as unknown[]).map(String);
      said.set(String(entry[0]).toUpperCase().replace('|', ' '), { flags: words(entry[2]), acl: words(entry[6]), firstKey: Number(entry[3]) });
      for (const sub of (entry[9] as unknown[][] | undefined) ?? []) note(sub);
    };
    for (const entry of (await oracle.call('COMMAND')) as unknown[][]) note(entry);
    expect(said.size).toBeGreaterThan(300);
    const through = [...said].filter(([name, server]) => judge({ name, args: [] }, false, server).allow === true);
    const harmless = new Set([...said].filter(([name, server]) => judge({ name, args: [] }, true, server).allow === true).map(([name]) => name));
    const suspicious = through.filter(([name, { flags, acl }]) => !harmless.has(name) && !name.endsWith(' HELP') && (!(flags.includes('write') || flags.includes('readonly')) || acl.includes('@dangerous')));
    expect(suspicious.map(([name]) => name)).toEqual([]);
  });
  it('sends nothing of what destroys more than keys before the person has said yes', async () => {
    await oracle.call('FUNCTION', 'LOAD', "#!lua name=mine\nredis.register_function('f', function() return 1 end)");
    const sha = String(await oracle.call('SCRIPT', 'LOAD', 'return 1'));
    const asked: string[] = [];
    const writable = await connect({ host: server.host, port: server.port }, { readOnly: false, confirm: async ({ command }) => (asked.push(command), false) });
    for (const line of ['FUNCTION FLUSH', 'FUNCTION DELETE mine', 'SCRIPT FLUSH', 'script flush', 'SCRIPT KILL', 'FUNCTION KILL', 'MEMORY PURGE', 'PUBLISH c m']) {
      const [name = '', ...args] = line.split(' ');
      await expect(writable.command(name, args)).rejects.toMatchObject({ kind: 'not-allowed' });
    }
    expect(asked).toEqual(['FUNCTION FLUSH', 'FUNCTION DELETE', 'SCRIPT FLUSH', 'SCRIPT FLUSH', 'SCRIPT KILL', 'FUNCTION KILL', 'MEMORY PURGE', 'PUBLISH']);
    expect(await oracle.call('FUNCTION', 'LIST')).toHaveLength(1);
    expect(await oracle.call('SCRIPT', 'EXISTS', sha)).toEqual([1]);
    await oracle.call('FUNCTION', 'FLUSH');
    writable.close();
  });
  it('refuses what is dangerous when nobody can be asked', async () => {
    const writable = await connect({ host: server.host, port: server.port }, { readOnly: false });
    await expect(writable.command('FLUSHALL')).rejects.toMatchObject({ kind: 'not-allowed' });
    writable.close();
  });
});
