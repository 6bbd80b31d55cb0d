import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandInfo, commandNames, isContainer } from '../../src/redis/commands.ts';
import { judge, parseCommand } from '../../src/server/gate.ts';
import type { ServerCommand } from '../../src/server/gate.ts';
import { OWN_SCRIPTS } from '../../src/server/own-scripts.ts';

const verdict = (line: string, readOnly = true, server?: ServerCommand | null) => {
  const [name = '', ...args] = line.split(' ');
  return judge(parseCommand(name, args), readOnly, server).allow;
};

describe('read-only', () => {
  it.each([
    'GET k', 'get k', 'HSCAN k 0', 'SCAN 0', 'memory usage k', 'Object Encoding k', 'XREAD STREAMS s 0', 'JSON.GET k', 'TS.RANGE k - +', 'VSIM k ELE a',
    'INFO', 'config get maxmemory', 'FUNCTION LIST', 'SCRIPT EXISTS x', 'PING', 'CLUSTER SLOTS', 'COMMAND INFO get', 'DBSIZE', 'SLOWLOG GET 10', 'TOUCH k',
  ])('lets %s through', (line) => expect(verdict(line)).toBe(true)); // prettier-ignore

  it.each([
    'SET k v', 'set k v', 'sEt k v', 'DEL k', 'UNLINK k', 'GETEX k EX 1', 'GETDEL k', 'SORT k', 'SORT k STORE d', 'GEORADIUS k 1 2 3 m STORE d',
    'BITFIELD k GET u8 0', 'SPOP k', 'EVAL x 0', 'eval_ro x 0', 'EVALSHA_RO x 0', 'FCALL f 0', 'FCALL_RO f 0', 'FUNCTION LOAD x', 'function flush', 'SCRIPT FLUSH', 'SCRIPT LOAD x',
    'CONFIG SET maxmemory 1', 'config set maxmemory 1', 'CONFIG REWRITE', 'CONFIG RESETSTAT', 'CONFIG', 'DEBUG SLEEP 1', 'DEBUG RELOAD', 'FLUSHALL', 'FLUSHDB ASYNC', 'SHUTDOWN NOSAVE',
    'KEYS *', 'SORT_RO k', 'MONITOR', 'SAVE', 'BGSAVE', 'MIGRATE h 1 k 0 1', 'RESTORE k 0 x', 'REPLICAOF NO ONE', 'FAILOVER', 'CLUSTER RESET', 'CLUSTER FLUSHSLOTS', 'ACL SETUSER x', 'ACL LIST', 'ACL GETUSER x', 'ACL LOG', 'CLIENT LIST',
    'MODULE LOAD x', 'MODULE LIST', 'FUNCTION DELETE x', 'FUNCTION KILL', 'SCRIPT KILL', 'FUNCTION DUMP', 'WAITAOF 0 0 0', 'SORT_RO k BY w_*', 'FT.DROPINDEX i', 'CLIENT KILL ID 1', 'CLIENT PAUSE 1', 'CLIENT NO-TOUCH OFF', 'SELECT 1', 'AUTH x', 'HELLO 3', 'MULTI', 'EXEC', 'WATCH k', 'SUBSCRIBE c', 'RESET', 'QUIT', 'PUBLISH c m', 'SPUBLISH c m',
    'XREAD BLOCK 0 STREAMS s $', 'xread block 0 streams s $', 'BLPOP k 0', 'WAIT 1 0', 'PFCOUNT k', 'XINFO HELP', 'SLOWLOG RESET', 'LATENCY RESET', 'MEMORY PURGE',
    'JSON.SET k $ 1', 'FT.CREATE i', 'FT.CONFIG SET a b', 'HGETEX k EX 1 FIELDS 1 f', 'NOPE k', 'CONFIG NOPE', 'OBJECT NOPE k',
  ])('refuses %s', (line) => expect(verdict(line)).toBe(false)); // prettier-ignore

  it('takes the name whole, however it is given', () => {
    expect(judge(parseCommand('CONFIG SET', ['a', 'b']), true, undefined).allow).toBe(false);
    expect(judge(parseCommand('config get', ['a']), true, undefined).allow).toBe(true);
    expect(judge(parseCommand('CONFIG', [Buffer.from('Set'), 'a', 'b']), true, undefined).allow).toBe(false);
    for (const name of ['', ' GET', 'GET ', 'GET\r\nSET', 'GET\0', 'CONFIG  GET', 'GET k', 'ＧＥＴ', '__PROTO__', 'constructor']) {
      expect(judge(parseCommand(name, ['k']), true, null).allow).toBe(false);
      expect(judge(parseCommand(name, ['k']), true, { flags: [], acl: [] }).allow).toBe(false);
    }
  });

  it('lets no command of the tables through that is flagged other than readonly, but the inquiries', () => {
    const through = commandNames().filter((name) => judge({ name, args: [] }, true, undefined).allow === true);
    const others = through.filter((name) => !commandInfo(name)?.flags.includes('readonly'));
    for (const name of others) expect({ name, flags: commandInfo(name)?.flags }).not.toMatchObject({ flags: expect.arrayContaining(['write']) as unknown });
    expect(others).toMatchInlineSnapshot(`
      [
        "ACL CAT",
        "ACL WHOAMI",
        "CLIENT GETNAME",
        "CLIENT GETREDIR",
        "CLIENT ID",
        "CLIENT INFO",
        "CLIENT TRACKINGINFO",
        "CLUSTER COUNTKEYSINSLOT",
        "CLUSTER INFO",
        "CLUSTER KEYSLOT",
        "CLUSTER LINKS",
        "CLUSTER MYID",
        "CLUSTER MYSHARDID",
        "CLUSTER NODES",
        "CLUSTER SHARDS",
        "CLUSTER SLOT-STATS",
        "CLUSTER SLOTS",
        "COMMAND",
        "COMMAND COUNT",
        "COMMAND DOCS",
        "COMMAND GETKEYS",
        "COMMAND GETKEYSANDFLAGS",
        "COMMAND INFO",
        "COMMAND LIST",
        "CONFIG GET",
        "ECHO",
        "FUNCTION LIST",
        "FUNCTION STATS",
        "INFO",
        "LASTSAVE",
        "LATENCY HISTOGRAM",
        "LATENCY HISTORY",
        "LATENCY LATEST",
        "MEMORY DOCTOR",
        "MEMORY MALLOC-STATS",
        "MEMORY STATS",
        "PING",
        "PUBSUB CHANNELS",
        "PUBSUB NUMPAT",
        "PUBSUB NUMSUB",
        "PUBSUB SHARDCHANNELS",
        "PUBSUB SHARDNUMSUB",
        "ROLE",
        "SCRIPT EXISTS",
        "SLOWLOG GET",
        "SLOWLOG LEN",
        "TIME",
      ]
    `);
    expect(through.filter((name) => isContainer(name) && name !== 'COMMAND')).toEqual([]);
    expect(through.length).toBeGreaterThan(100);
  });

  it('believes the server where the tables know nothing, and its warnings where they do', () => {
    expect(verdict('MYMOD.READ k', true, { flags: ['readonly', 'module'], acl: [] })).toBe(true);
    expect(verdict('MYMOD.READ k', true, { flags: ['readonly', 'module'], acl: ['@read', '@dangerous'] })).toBe(false);
    expect(verdict('MYMOD.WRITE k', true, { flags: ['write', 'module'], acl: [] })).toBe(false);
    expect(verdict('MYMOD.ODD k', true, { flags: ['module'], acl: [] })).toBe(false);
    expect(verdict('MYMOD.WAIT k', true, { flags: ['readonly', 'blocking'], acl: [] })).toBe(false);
    // rename-command GET …: what answers to the name is another command.
    expect(verdict('PING', true, { flags: ['write'], acl: ['@dangerous'] })).toBe(false);
    expect(verdict('GET k', true, { flags: ['write'], acl: [] })).toBe(false);
    expect(verdict('GET k', true, { flags: ['readonly', 'fast'], acl: ['@read', '@string', '@fast'] })).toBe(true);
  });
});

describe('writable', () => {
  it('lets writes through, asks before dangerous, unknown and scripts, refuses what changes or holds the session', () => {
    const lines = ['SET k v', 'UNLINK k', 'GET k', 'INFO', 'FLUSHALL', 'KEYS *', 'CONFIG SET a b', 'EVAL x 0', 'NOPE k', 'SELECT 1', 'MULTI', 'BLPOP k 0', 'CLIENT REPLY OFF'];
    expect(Object.fromEntries(lines.map((line) => [line, verdict(line, false)]))).toEqual({
      'SET k v': true,
      'UNLINK k': true,
      'GET k': true,
      INFO: true,
      'FLUSHALL': 'ask',
      'KEYS *': 'ask',
      'CONFIG SET a b': 'ask',
      'EVAL x 0': 'ask',
      'NOPE k': 'ask',
      'SELECT 1': false,
      MULTI: false,
      'BLPOP k 0': false,
      'CLIENT REPLY OFF': false,
    });
  });

  it.each([
    'FUNCTION FLUSH', 'FUNCTION DELETE x', 'FUNCTION LOAD x', 'function restore x', 'FUNCTION KILL', 'FUNCTION DUMP', 'SCRIPT FLUSH', 'SCRIPT KILL', 'Script Load x', 'MEMORY PURGE',
    'PUBLISH c m', 'SPUBLISH c m', 'FT.DROPINDEX i DD', 'FT.ALTER i', 'CLUSTER GETKEYSINSLOT 1 9', 'CONFIG', 'FUNCTION', 'CONFIG NOPE', 'ACL LIST', 'ACL GETUSER x', 'MODULE LIST', 'DEBUG SLEEP 1',
  ])('asks before %s', (line) => expect(verdict(line, false)).toBe('ask')); // prettier-ignore

  it('asks before all that neither reads nor writes the keys it names, whatever the tables hold', () => {
    const through = commandNames().filter((name) => judge({ name, args: [] }, false, undefined).allow === true);
    const inquiries = commandNames().filter((name) => judge({ name, args: [] }, true, undefined).allow === true && !commandInfo(name)?.flags.includes('readonly'));
    const others = through.filter((name) => !inquiries.includes(name) && !name.endsWith(' HELP'));
    for (const name of others) {
      const { flags = [], keys = [], acl = [] } = commandInfo(name) ?? {};
      expect({ name, fine: flags.includes('readonly') || (flags.includes('write') && keys.length > 0) }).toEqual({ name, fine: true });
      expect({ name, dangerous: flags.includes('admin') || acl.includes('dangerous') }).toEqual({ name, dangerous: false });
    }
    expect(through).toEqual(expect.arrayContaining(['SET', 'DEL', 'UNLINK', 'EXPIRE', 'RENAME', 'HSET', 'XADD', 'JSON.SET', 'TS.ADD', 'COPY', 'GEORADIUS']));
  });

  it('takes a write of a module for one of keys where the server says that it names some', () => {
    expect(verdict('MYMOD.WRITE k', false, { flags: ['write', 'module'], acl: [], firstKey: 1 })).toBe(true);
    expect(verdict('MYMOD.FLUSH', false, { flags: ['write', 'module'], acl: [], firstKey: 0 })).toBe('ask');
    expect(verdict('MYMOD.READ k', false, { flags: ['readonly', 'module'], acl: [], firstKey: 1 })).toBe(true);
    expect(verdict('MYMOD.ODD', false, { flags: ['module'], acl: [], firstKey: 0 })).toBe('ask');
  });
});

describe('our own scripts', () => {
  it('call nothing but what the table flags readonly, or TIME', () => {
    for (const text of Object.values(OWN_SCRIPTS)) {
      const names = [...text.matchAll(/'([A-Z]{2,})'(?:, '([A-Z]{2,})')?/g)].map(([, first = '', second]) => (second !== undefined && isContainer(first) ? `${first} ${second}` : first));
      const commands = names.filter((name) => commandInfo(name) !== undefined && !isContainer(name));
      expect(commands).toContain('TYPE');
      expect(commands).toContain('MEMORY USAGE');
      expect(commands.filter((name) => name !== 'TIME' && !commandInfo(name)?.flags.includes('readonly'))).toEqual([]);
    }
  });
});

describe('the only door', () => {
  it('is used by everybody: no file but link.ts and its socket.ts has ioredis, none outside the layer has a link', () => {
    const root = join(import.meta.dirname, '../../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.ts$/.test(file) && /^(server|keyspace|monitor|advisor|extension|cli|lsp)\//.test(file));
    const importing = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8'))).sort();
    expect(importing(/^(?:import|export)\b[^;]*? from '(?:ioredis|redis|@redis\/[^']*)'/m)).toEqual(['server/link.ts', 'server/socket.ts']);
    expect(importing(/^(?:import|export)\b[^;]*? from '[^']*\/(?:node-links|link)\.ts'/m)).toEqual(['server/node-links.ts', 'server/server-connection.ts']);
  });
});
