/** What the script says of a key is what the single commands say, for every type and encoding of this server. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { Keyspace } from '../../src/keyspace/index.ts';
import type { KeyFacts } from '../../src/keyspace/index.ts';
import { displayKey } from '../../src/redis/key-bytes.ts';
import { connect } from '../../src/server/index.ts';
import type { ConnectionSpec, ServerConnection } from '../../src/server/index.ts';

let server: RunningRedis;
let oracle: Redis;
const opened: ServerConnection[] = [];
const keyspaceOf = async (more: ConnectionSpec = {}, readOnly = true): Promise<Keyspace> => {
  const connection = await connect({ host: server.host, port: server.port, ...more }, { readOnly });
  opened.push(connection);
  return new Keyspace(connection);
};
const long = 'x'.repeat(100);
const many = (count: number, of: (n: number) => string[]): string[] => Array.from({ length: count }, (_, n) => of(n)).flat();

/** Key → the encoding it must have, by the commands that make it; small lists and sets have another one from Redis 7.2. */
const SEED: Record<string, { make: string[][]; encoding: string; from72?: string }> = {
  'string:int': { make: [['SET', '12345']], encoding: 'int' },
  'string:embstr': { make: [['SET', 'short']], encoding: 'embstr' },
  'string:raw': { make: [['SET', long]], encoding: 'raw' },
  'string:raw-small': { make: [['SET', 'a'], ['APPEND', 'b']], encoding: 'raw' }, // prettier-ignore
  'string:empty': { make: [['SET', '']], encoding: 'embstr' },
  'list:small': { make: [['RPUSH', 'a', 'b']], encoding: 'quicklist', from72: 'listpack' },
  'list:large': { make: [['RPUSH', ...many(5_000, (n) => [`element ${n}`])]], encoding: 'quicklist' },
  'set:intset': { make: [['SADD', '1', '2', '3']], encoding: 'intset' },
  'set:small': { make: [['SADD', 'a', 'b']], encoding: 'hashtable', from72: 'listpack' },
  'set:many-integers': { make: [['SADD', ...many(600, (n) => [String(n)])]], encoding: 'hashtable' },
  'hash:listpack': { make: [['HSET', 'f', 'v', 'g', 'w']], encoding: 'listpack' },
  'hash:hashtable-by-value': { make: [['HSET', 'f', long]], encoding: 'hashtable' },
  'hash:hashtable-by-count': { make: [['HSET', ...many(600, (n) => [`f${n}`, 'v'])]], encoding: 'hashtable' },
  'hash:was-large': { make: [['HSET', 'f', long, 'g', 'w'], ['HDEL', 'f']], encoding: 'hashtable' }, // prettier-ignore
  'zset:listpack': { make: [['ZADD', '1', 'a', '2', 'b']], encoding: 'listpack' },
  'zset:skiplist': { make: [['ZADD', '1', long]], encoding: 'skiplist' },
  'stream': { make: [['XADD', '1-1', 'f', 'v'], ['XADD', '2-1', 'f', 'w']], encoding: 'stream' }, // prettier-ignore
};

const HOSTILE = [
  Buffer.from(''),
  Buffer.from(' '),
  Buffer.from('line\nbreak\r\n$3\r\nfoo'),
  Buffer.from([0, 1, 2, 0xff, 0xfe, 0x0a]),
  Buffer.from('<img src=x onerror=alert(1)>'),
  Buffer.from('[click](command:workbench.action.terminal.new) **bold** $(trash)'),
  Buffer.from('\x1b[31mred\x1b[0m'),
  Buffer.from('a\u202eb\u200b:ключ:🙂'),
  Buffer.from('*?[x]\\'),
  Buffer.from('none - -1 !ERR'),
  Buffer.alloc(64 * 1024, 'long:'),
];

beforeAll(async () => {
  server = await startRedis({ args: ['--maxmemory-policy', 'noeviction'] });
  oracle = new Redis(server.port, server.host, { protocol: 2 });
  const [major = 0, minor = 0] = (/redis_version:(\d+)\.(\d+)/.exec(await oracle.info('server')) ?? []).slice(1).map(Number);
  if (major > 7 || (major === 7 && minor >= 2)) for (const seed of Object.values(SEED)) seed.encoding = seed.from72 ?? seed.encoding;
  for (const [key, { make }] of Object.entries(SEED)) for (const [command = '', ...args] of make) await oracle.call(command, key, ...args);
  await oracle.pexpire('string:int', 5_000_000);
  for (const key of HOSTILE) await oracle.set(key, 'v');
});
afterAll(async () => {
  for (const connection of opened) connection.close();
  oracle?.disconnect();
  await server?.stop();
});

const LENGTHS: Record<string, string> = { string: 'STRLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', hash: 'HLEN', stream: 'XLEN' };

async function expectAsServerSays(facts: KeyFacts): Promise<void> {
  const { key } = facts;
  const type = String(await oracle.type(key));
  expect(facts, displayKey(key, 40)).toMatchObject({
    exists: true,
    type,
    encoding: await oracle.call('OBJECT', 'ENCODING', key),
    length: await oracle.call(LENGTHS[type] ?? '', key),
    memoryBytes: await oracle.call('MEMORY', 'USAGE', key),
    denied: undefined,
  });
}

const seedKeys = () => Object.keys(SEED).map((key) => Buffer.from(key));

describe('inspect', () => {
  it('says of every type and encoding what the commands say', async () => {
    const keyspace = await keyspaceOf();
    const facts = await keyspace.inspect(seedKeys());
    expect(Object.fromEntries(facts.map(({ key, encoding }) => [String(key), encoding]))).toEqual(Object.fromEntries(Object.entries(SEED).map(([key, { encoding }]) => [key, encoding])));
    for (const fact of facts) await expectAsServerSays(fact);
    const ttl = facts.find(({ key }) => String(key) === 'string:int')?.ttlMs ?? 0;
    expect(ttl).toBeGreaterThan(4_000_000);
    expect(ttl).toBeLessThanOrEqual(5_000_000);
    expect(facts.filter(({ ttlMs }) => ttlMs === null)).toHaveLength(facts.length - 1);
  });
  it('takes any bytes for a name', async () => {
    const keyspace = await keyspaceOf();
    const facts = await keyspace.inspect(HOSTILE);
    expect(facts.map(({ key }) => key)).toEqual(HOSTILE);
    for (const fact of facts) await expectAsServerSays(fact);
  });
  it('keeps the place of keys that are gone', async () => {
    const keyspace = await keyspaceOf();
    const facts = await keyspace.inspect(['string:raw', 'gone', 'stream'].map((key) => Buffer.from(key)));
    expect(facts).toMatchObject([{ exists: true }, { exists: false, type: undefined, ttlMs: undefined, denied: undefined }, { exists: true, type: 'stream' }]);
    expect(await keyspace.inspect([])).toEqual([]);
  });
  it('reads the idle time before it looks at the value', async () => {
    const keyspace = await keyspaceOf();
    await oracle.set('idle', 'v');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const [facts] = await keyspace.inspect([Buffer.from('idle')]);
    expect(facts?.idleSeconds).toBeGreaterThanOrEqual(1);
    expect(facts?.accessFrequency).toBeUndefined();
    if (keyspace.connection.notTouching) expect(await oracle.call('OBJECT', 'IDLETIME', 'idle')).toBeGreaterThanOrEqual(1);
    // Without its length a key is not touched on any version.
    const [untouched] = await keyspace.inspect([Buffer.from('string:raw')], { length: false });
    expect(untouched).toMatchObject({ length: undefined, type: 'string' });
  });
  it('leaves out what is not wanted', async () => {
    const keyspace = await keyspaceOf();
    expect(await keyspace.inspect([Buffer.from('stream')], { memory: false })).toMatchObject([{ memoryBytes: undefined, length: 2, denied: undefined }]);
  });
  it('stops when told to', async () => {
    const keyspace = await keyspaceOf();
    await expect(keyspace.inspect(seedKeys(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
  it('tells access counters under an LFU policy', async () => {
    await oracle.config('SET', 'maxmemory-policy', 'allkeys-lfu');
    const keyspace = await keyspaceOf();
    const [facts] = await keyspace.inspect([Buffer.from('string:raw')]);
    await oracle.config('SET', 'maxmemory-policy', 'noeviction');
    expect(facts).toMatchObject({ idleSeconds: undefined, accessFrequency: expect.any(Number) as unknown, denied: undefined });
  });
  it('finds a key by its exact name, typed as it is shown, without scanning', async () => {
    const keyspace = await keyspaceOf();
    for (const key of HOSTILE) {
      expect((await keyspace.find(displayKey(key)))?.key).toEqual(key);
      expect((await keyspace.find(key))?.key).toEqual(key);
    }
    expect(await keyspace.find('*')).toBeUndefined();
    const stats = String(await oracle.info('commandstats'));
    expect(/cmdstat_scan:calls=(\d+)/.exec(stats)?.[1] ?? '0').toBe('0');
  });
  it('gives the reason of an encoding by the thresholds of this server', async () => {
    const keyspace = await keyspaceOf();
    const facts = await keyspace.inspect(seedKeys());
    const reasons = await Promise.all(facts.map(async (fact) => [String(fact.key), await keyspace.encodingReason(fact)] as const));
    const of = Object.fromEntries(reasons);
    expect(of['hash:listpack']).toMatch(/^listpack: 2 fields \(limit \d+, hash-max-listpack-entries\)/);
    expect(of['hash:hashtable-by-count']).toMatch(/^hashtable: 600 fields, over the limit of \d+/);
    expect(of['hash:was-large']).toMatch(/does not turn back$/);
    for (const [key, reason] of reasons) expect(reason, key).toMatch(new RegExp(`^${SEED[key]?.encoding}: .`));
  });
});

describe('inspectAll', () => {
  it('covers the keyspace, with the same facts', async () => {
    const keyspace = await keyspaceOf();
    const found = new Map<string, KeyFacts>();
    for await (const { facts, ms } of keyspace.inspectAll()) {
      expect(ms).toBeGreaterThan(0);
      for (const fact of facts) found.set(fact.key.toString('latin1'), fact);
    }
    expect(found.size).toBe(await oracle.dbsize());
    for (const key of [...seedKeys(), ...HOSTILE]) await expectAsServerSays(found.get(key.toString('latin1')) ?? ({ key } as KeyFacts));
  });
  it('filters by name and type', async () => {
    const keyspace = await keyspaceOf();
    const names: string[] = [];
    for await (const { facts } of keyspace.inspectAll({ match: 'hash:*', type: 'hash' })) names.push(...facts.map(({ key }) => String(key)));
    expect(names.sort()).toEqual(Object.keys(SEED).filter((key) => key.startsWith('hash:')).sort()); // prettier-ignore
  });
});

describe('restricted users', () => {
  let number = 0;
  const as = async (...rules: string[]): Promise<Keyspace> => {
    const username = `user${number++}`;
    await oracle.call('ACL', 'SETUSER', username, 'reset', 'on', '>pw', ...rules);
    return keyspaceOf({ username, password: 'pw' });
  };
  const withoutDenied = (facts: KeyFacts[]) => facts.map(({ idleSeconds: _, ttlMs: __, denied: ___, ...rest }) => rest);

  it('without scripts see all the same', async () => {
    const full = await (await keyspaceOf()).inspect([...seedKeys(), ...HOSTILE]);
    const keyspace = await as('~*', '+@all', '-@scripting');
    const facts = await keyspace.inspect([...seedKeys(), ...HOSTILE]);
    expect(withoutDenied(facts)).toEqual(withoutDenied(full));
    expect(facts.every(({ denied }) => denied === undefined)).toBe(true);
    let count = 0;
    for await (const page of keyspace.inspectAll()) count += page.facts.length;
    expect(count).toBe(await oracle.dbsize());
  });
  it.each([
    ['with scripts', []],
    ['without scripts', ['-@scripting']],
  ])('%s: a missing permission costs that field alone, and is not tried for ever', async (_, more) => {
    const keyspace = await as('~*', '+@all', '-object', '-memory|usage', '-hlen', '-config', '-info', ...more);
    expect((await keyspace.server()).version).toBeUndefined();
    const facts = await keyspace.inspect(seedKeys());
    for (const fact of facts) {
      expect(fact).toMatchObject({ exists: true, encoding: undefined, memoryBytes: undefined, idleSeconds: undefined, denied: { encoding: 'NOPERM', memory: 'NOPERM', access: 'NOPERM' } });
      expect(fact.type).toBeDefined();
      if (fact.type === 'hash') expect(fact).toMatchObject({ length: undefined, denied: { length: 'NOPERM' } });
      else expect(fact.length).toBeDefined();
    }
    await oracle.call('ACL', 'LOG', 'RESET');
    const again = await keyspace.inspect(seedKeys());
    expect(again.map(({ denied }) => denied)).toEqual(facts.map(({ denied }) => denied));
    expect(((await oracle.call('ACL', 'LOG')) as unknown[][]).map((entry) => String(entry[5])).filter((object) => object.startsWith('memory'))).toEqual([]);
    // What COMMAND INFO, DBSIZE and CONFIG would tell is not needed either.
    expect((await keyspace.databases())[0]?.keys).toBe(await oracle.dbsize());
    expect(await keyspace.encodingReason({ ...(facts[0] as KeyFacts), encoding: 'listpack', type: 'hash', length: 3 })).toMatch(/not known to us/);
  });
  it('with a key pattern see the names, and of others’ keys that they are denied', async () => {
    const keyspace = await as('%R~hash:*', '+@all');
    const facts = await keyspace.inspect([Buffer.from('hash:listpack'), Buffer.from('string:raw')]);
    expect(facts).toMatchObject([
      { type: 'hash', encoding: 'listpack', length: 2, denied: undefined },
      { exists: true, type: undefined, denied: { type: 'NOPERM' } },
    ]);
    await expect(keyspace.find('string:raw')).rejects.toMatchObject({ kind: 'no-permission' });
    expect((await keyspace.openPage()).keys.length).toBeGreaterThan(10);
  });
  it('with reads alone (no PING, COMMAND, CLIENT, scripts) work by the table, and unknown commands stay refused', async () => {
    const keyspace = await as('~*', '+@read');
    expect(await keyspace.inspect([Buffer.from('stream')])).toMatchObject([{ type: 'stream', length: 2 }]);
    await expect(keyspace.connection.command('SOME.MODULE', ['k'])).rejects.toMatchObject({ kind: 'not-allowed' });
  });
});
