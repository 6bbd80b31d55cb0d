import { expect, it } from 'vitest';
import { encodingReason } from '../../src/keyspace/encoding-reason.ts';
import { parseEncodingThresholds } from '../../src/server/info.ts';

const redis70 = parseEncodingThresholds(
  'hash-max-listpack-entries 128 hash-max-listpack-value 64 zset-max-listpack-entries 128 zset-max-listpack-value 64 set-max-intset-entries 512 list-max-listpack-size -2 list-compress-depth 0'.split(' '),
);
const redis72 = { ...redis70, setMaxListpackEntries: 128, setMaxListpackValue: 64 };
const denied = parseEncodingThresholds([]);
const redis62 = parseEncodingThresholds('hash-max-ziplist-entries 512 hash-max-ziplist-value 64'.split(' '));

it.each([
  ['string', 'int', 5, undefined, redis70],
  ['string', 'embstr', 44, undefined, redis70],
  ['string', 'embstr', 90, undefined, redis70],
  ['string', 'raw', 45, undefined, redis70],
  ['string', 'raw', 3, undefined, redis70],
  ['hash', 'listpack', 3, undefined, redis70],
  ['hash', 'listpack', 1, undefined, denied],
  ['hash', 'ziplist', 3, undefined, redis62],
  ['hash', 'hashtable', 129, undefined, redis70],
  ['hash', 'hashtable', 3, undefined, redis70],
  ['hash', 'hashtable', 3, 65, redis70],
  ['hash', 'hashtable', 3, 10, redis70],
  ['hash', 'hashtable', 3, undefined, denied],
  ['hash', 'listpackex', 3, undefined, redis72],
  ['zset', 'listpack', 3, undefined, redis70],
  ['zset', 'skiplist', 1000, undefined, redis70],
  ['set', 'intset', 3, undefined, redis70],
  ['set', 'hashtable', 3, undefined, redis70],
  ['set', 'hashtable', 600, undefined, redis70],
  ['set', 'listpack', 3, undefined, redis72],
  ['set', 'hashtable', 200, undefined, redis72],
  ['set', 'hashtable', 1_000_000, undefined, redis72],
  ['set', 'hashtable', 3, 100, redis72],
  ['set', 'hashtable', 3, undefined, denied],
  ['list', 'quicklist', 3, undefined, redis70],
  ['list', 'quicklist', 3, undefined, { ...redis70, listMaxListpackSize: 128 }],
  ['list', 'quicklist', 3, undefined, { ...redis62, listMaxListpackSize: -2, compactName: 'ziplist' }],
  ['list', 'quicklist', 3, undefined, denied],
  ['list', 'listpack', 3, undefined, redis72],
  ['list', 'quicklist', 9000, undefined, redis72],
  ['stream', 'stream', 2, undefined, redis70],
  ['ReJSON-RL', 'raw', undefined, undefined, redis70],
  ['hash', undefined, 3, undefined, redis70],
] as const)('%s %s %s', (type, encoding, length, largestElementBytes, thresholds) => {
  expect(encodingReason({ type, encoding, length, largestElementBytes }, thresholds)).toMatchSnapshot();
});
