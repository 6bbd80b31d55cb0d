import { expect, it } from 'vitest';
import { NamespaceTotals } from '../../src/keyspace/namespace-totals.ts';
import type { KeyFacts } from '../../src/keyspace/types.ts';

function facts(name: string, more: Partial<KeyFacts> = {}): KeyFacts {
  return { key: Buffer.from(name), exists: true, type: 'string', ttlMs: null, encoding: 'int', length: 1, memoryBytes: 100, idleSeconds: undefined, accessFrequency: undefined, denied: undefined, ...more };
}

const told = (totals: NamespaceTotals): unknown[] => totals.list().map(({ prefix, keys, bytes }) => [prefix.toString(), keys, bytes]);

it('keeps namespaces apart until they turn out to be ids, whatever came before', () => {
  const names = ['a:1:x', 'a:2:x', 'a:2:y', 'a:3:x', 'a:z', 'b:1:x'];
  for (const order of [names, [...names].reverse()]) {
    const totals = new NamespaceTotals({ depth: 2, maxChildren: 2 });
    for (const name of order) totals.add(facts(name));
    expect(told(totals)).toEqual([['a:', 5, 500], ['b:1:', 1, 100]]);
  }
});

it('stays small at the top too', () => {
  const totals = new NamespaceTotals({ maxChildren: 1 });
  for (let n = 0; n < 50; n++) totals.add(facts(`${n}:x`));
  expect(told(totals)).toEqual([['', 50, 5_000]]);
});

it('ends a segment at the first of several delimiters, the longer where two begin at one place', () => {
  const totals = new NamespaceTotals({ delimiters: [':', '::', '/'] });
  for (const name of ['a::b/c', 'a/b:c', ':x']) totals.add(facts(name));
  expect(told(totals).sort()).toEqual([['/', 0, 0], ['a/', 1, 100], ['a::', 1, 100], [':', 1, 100]].slice(1).sort());
});

it('reckons from those inspected, and says nothing where the server told of none', () => {
  const totals = new NamespaceTotals();
  for (let n = 0; n < 10; n++) totals.count(Buffer.from(`a:${n}`));
  totals.inspect(facts('a:1', { ttlMs: 5 }));
  totals.inspect(facts('a:2', { memoryBytes: 300, type: 'hash' }));
  expect(totals.list()).toEqual([{ prefix: Buffer.from('a:'), keys: 10, inspected: 2, denied: 0, bytes: 2_000, types: { hash: 5, string: 5 }, encodings: { int: 10 }, withoutTtl: 5 }]);
  const denied = new NamespaceTotals();
  denied.add(facts('a:1', { memoryBytes: undefined, ttlMs: undefined }));
  expect(denied.list()[0]).toMatchObject({ bytes: undefined, withoutTtl: undefined });
});

it('does not count a key that is gone meanwhile', () => {
  const totals = new NamespaceTotals();
  totals.add(facts('a:1', { exists: false }));
  expect(totals.list()).toEqual([]);
});
