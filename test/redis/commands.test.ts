import { describe, expect, it } from 'vitest';
import { commandInfo, commandNames, isBlocking, isContainer, isDangerous, isReadOnly, isWrite, resolveCommand } from '../../src/redis/commands.ts';
import { keyPositions } from '../../src/redis/key-positions.ts';

const keysOf = (line: string) => {
  const words = line.split(' ');
  const info = resolveCommand(words);
  if (info === undefined) throw new Error(`unknown: ${line}`);
  const args = words.slice(info.name.split(' ').length);
  const { keys, complete } = keyPositions(info.name, args.length, (index) => args[index]);
  return { keys: keys.map(({ index, access }) => `${args[index] ?? '?'}:${access}`).join(' '), complete };
};

describe('commandInfo', () => {
  it('knows commands and subcommands in any case', () => {
    expect(commandInfo('config set')?.flags).toContain('admin');
    expect(commandInfo('GetSet')).toMatchObject({ name: 'GETSET', deprecatedSince: '6.2.0', replacedBy: 'SET with the GET argument' });
    expect(commandInfo('json.get')).toMatchObject({ name: 'JSON.GET', module: 'ReJSON', flags: ['readonly'] });
    expect(commandInfo('HGETEX')).toMatchObject({ since: '8.0.0', group: 'hash' });
  });
  it('is undefined for unknown names, also those of Object.prototype', () => {
    for (const name of ['NOPE', 'CONSTRUCTOR', '__proto__', 'toString', 'CONFIG NOPE', '']) expect(commandInfo(name)).toBeUndefined();
  });
  it('resolves words to the subcommand', () => {
    expect(resolveCommand(['object', 'encoding', 'k'])?.name).toBe('OBJECT ENCODING');
    expect(resolveCommand(['get', 'k'])?.name).toBe('GET');
    expect(resolveCommand(['config'])?.name).toBe('CONFIG');
    expect(resolveCommand(['config', 'nope'])).toBeUndefined();
    expect(isContainer('xinfo')).toBe(true);
    expect(isContainer('get')).toBe(false);
  });
});

describe('flags', () => {
  it('tells reads, writes, blocking and dangerous ones apart', () => {
    expect(['GET', 'SORT_RO', 'MEMORY USAGE', 'JSON.GET'].filter((name) => !isReadOnly(name))).toEqual([]);
    expect(['SET', 'GETEX', 'SORT', 'HGETEX', 'JSON.SET'].filter((name) => !isWrite(name) || isReadOnly(name))).toEqual([]);
    expect(['KEYS', 'FLUSHALL', 'CONFIG SET', 'SORT', 'MONITOR'].filter((name) => !isDangerous(name))).toEqual([]);
    expect(['GET', 'SET', 'SCAN', 'NOPE'].filter(isDangerous)).toEqual([]);
    expect([isBlocking('BLPOP'), isBlocking('LPOP')]).toEqual([true, false]);
  });
  it('never has a command both read and write', () => {
    expect(commandNames().filter((name) => isReadOnly(name) && isWrite(name))).toEqual([]);
  });
});

describe('keyPositions', () => {
  it.each([
    ['GET a', 'a:RO'],
    ['MSET a 1 b 2', 'a:OW b:OW'],
    ['DEL a b c', 'a:RM b:RM c:RM'],
    ['OBJECT ENCODING a', 'a:RO'],
    ['BLPOP a b 0', 'a:RW b:RW'],
    ['ZUNIONSTORE d 2 a b WEIGHTS 1 2', 'd:OW a:RO b:RO'],
    ['EVAL script 2 a b arg', 'a:RW b:RW'],
    ['EVAL script 0', ''],
    ['BLMPOP 1 2 a b LEFT', 'a:RW b:RW'],
    ['XREAD COUNT 2 STREAMS a b 0 0', 'a:RO b:RO'],
    ['XREADGROUP GROUP g c streams a >', 'a:RO'],
    ['BITOP AND d a b', 'd:OW a:RO b:RO'],
    ['GEORADIUS k 1 2 3 m STORE d', 'k:RO d:OW'],
    ['MIGRATE h 1 x 0 9 COPY KEYS a b', 'x:RW a:RW b:RW'],
    ['SORT k LIMIT 0 5 STORE d', 'k:RO d:OW'],
    ['JSON.MGET a b $', 'a:RO b:RO'],
    ['JSON.MSET a $ 1 b $ 2', 'a:RW b:RW'],
    ['MSETEX 2 a 1 b 2 EX 5', 'a:RW b:RW'],
    ['SPUBLISH channel m', ''],
    ['PING', ''],
  ])('%s', (line, keys) => {
    expect(keysOf(line)).toEqual({ keys, complete: true });
  });
  it('says when keys cannot be told', () => {
    expect(keysOf('SORT k BY w_*')).toEqual({ keys: 'k:RO', complete: false });
    expect(keyPositions('EVAL', 3)).toEqual({ keys: [], complete: false });
    expect(keyPositions('XREAD', 3)).toEqual({ keys: [], complete: false });
    expect(keyPositions('NOPE', 3)).toEqual({ keys: [], complete: false });
  });
});
