import { describe, expect, it } from 'vitest';
import { parseEncodingThresholds, parseInfo } from '../../src/server/info.ts';
import { nodeOfSlot, parseClusterSlots, parseRedirect } from '../../src/server/topology.ts';

describe('parseInfo', () => {
  it('reads Redis', () => {
    const info = parseInfo(Buffer.from('# Server\r\nredis_version:7.0.15\r\nconfig_file:/a:b\r\n\r\nrole:slave\r\nused_memory:100\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lfu\r\n# Keyspace\r\ndb3:keys=5,expires=1,avg_ttl=9\r\ndb0:keys=2,expires=0,avg_ttl=0\r\n'));
    expect(info).toMatchObject({ version: '7.0.15', server: 'redis', role: 'replica', usedMemoryBytes: 100, maxmemoryBytes: 0, maxmemoryPolicy: 'allkeys-lfu' });
    expect(info.databases).toEqual([{ db: 0, keys: 2, expires: 0 }, { db: 3, keys: 5, expires: 1 }]); // prettier-ignore
    expect(info.fields['config_file']).toBe('/a:b');
  });
  it('reads Valkey by its own version', () => {
    expect(parseInfo('server_name:valkey\r\nredis_version:7.2.4\r\nvalkey_version:8.1.0\r\n')).toMatchObject({ server: 'valkey', version: '8.1.0' });
  });
  it('knows nothing where INFO is denied', () => {
    expect(parseInfo(undefined)).toMatchObject({ version: undefined, databases: undefined, maxmemoryPolicy: undefined });
  });
});

it('reads thresholds in both spellings', () => {
  const pair = (name: string, value: string) => [Buffer.from(name), Buffer.from(value)];
  expect(parseEncodingThresholds([...pair('hash-max-listpack-entries', '512'), ...pair('hash-max-ziplist-entries', '512')])).toMatchObject({ hashMaxListpackEntries: 512, compactName: 'listpack' });
  expect(parseEncodingThresholds(pair('hash-max-ziplist-value', '64'))).toMatchObject({ hashMaxListpackValue: 64, compactName: undefined });
  expect(parseEncodingThresholds(pair('list-max-ziplist-size', '-2'))).toMatchObject({ listMaxListpackSize: -2 });
});

describe('topology', () => {
  const slots = [
    [5461, 10922, [Buffer.from('10.0.0.2'), 7001, Buffer.from('id2')], [Buffer.from('10.0.0.9'), 7009, Buffer.from('id9')]],
    [0, 5460, [Buffer.from(''), 7000, Buffer.from('id1')]],
    [10923, 16383, [Buffer.from('10.0.0.2'), 7001, Buffer.from('id2')]],
  ];
  it('gathers the ranges of each master, and fills in an address that the node does not know', () => {
    const nodes = parseClusterSlots(slots, 'seed');
    expect(nodes).toEqual([
      { id: 'seed:7000', host: 'seed', port: 7000, slots: [[0, 5460]] },
      { id: '10.0.0.2:7001', host: '10.0.0.2', port: 7001, slots: [[5461, 10922], [10923, 16383]] }, // prettier-ignore
    ]);
    expect(nodeOfSlot(nodes, 16_383)?.port).toBe(7001);
    expect(parseClusterSlots([], 'seed')).toEqual([]);
  });
  it('reads redirects, IPv6 and unknown hosts too', () => {
    expect(parseRedirect('MOVED 3999 127.0.0.1:6381')).toEqual({ host: '127.0.0.1', port: 6381 });
    expect(parseRedirect('ASK 3999 ::1:6381')).toEqual({ host: '::1', port: 6381 });
    expect(parseRedirect('MOVED 1 :6381')).toEqual({ host: '', port: 6381 });
    expect(parseRedirect('ERR x')).toBeUndefined();
  });
});
