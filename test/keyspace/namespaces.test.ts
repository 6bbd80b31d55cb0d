import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { KeyIndex } from '../../src/keyspace/key-index.ts';
import { Namespaces } from '../../src/keyspace/namespaces.ts';
import type { NamespaceOptions } from '../../src/keyspace/namespaces.ts';

const fold = (names: string[], options?: NamespaceOptions) => {
  const namespaces = new Namespaces(options);
  namespaces.add(names.map((name) => Buffer.from(name, 'utf8')));
  return namespaces;
};
/** `user: 3` for a namespace of three keys, `≈` where counted only; a key by its name in quotes. */
const list = (namespaces: Namespaces, prefix = '') =>
  namespaces
    .children({ prefix: Buffer.from(prefix) })
    .entries.map((entry) => (entry.kind === 'key' ? `"${entry.name}"` : `${entry.name} ${entry.approximate ? '≈' : ''}${entry.keys}`));

describe('Namespaces', () => {
  it('folds by the delimiter, level by level', () => {
    const tree = fold(['user:1', 'user:1:cart', 'user:2', 'user', 'zeta', 'order:1:x:y']);
    expect(list(tree)).toEqual(['order 1', '"user"', 'user 3', '"zeta"']);
    expect(list(tree, 'user:')).toEqual(['"1"', '1 1', '"2"']);
    expect(list(tree, 'order:1:')).toEqual(['x 1']);
  });
  it('keeps pages together and each key once', () => {
    const tree = fold(['a:1', 'b:1']);
    tree.add(['a:1', 'a:2', 'c'].map((name) => Buffer.from(name)));
    tree.add(['a:0', 'a:2'].map((name) => Buffer.from(name)));
    expect(list(tree)).toEqual(['a 3', 'b 1', '"c"']);
    expect(tree.size).toBe(5);
    tree.remove([Buffer.from('a:1'), Buffer.from('nope')]);
    expect(list(tree, 'a:')).toEqual(['"0"', '"2"']);
  });
  it('shows keys with empty segments where a person finds them', () => {
    const tree = fold(['', 'a:', 'a:b', ':x', 'a::b']);
    expect(list(tree)).toEqual(['""', ' 1', '"a:"', 'a 2']);
    expect(list(tree, 'a:')).toEqual([' 1', '"b"']);
    expect(list(tree, 'a::')).toEqual(['"b"']);
  });
  it('takes several delimiters, the longer one where two begin together, and none', () => {
    const tree = fold(['a.b:c', 'a:b', 'x::y'], { delimiters: [':', '.', '::'] });
    expect(list(tree)).toEqual(['a 1', 'a 1', 'x 1']);
    expect(tree.children({ prefix: Buffer.from('x::') }).entries).toMatchObject([{ kind: 'key', name: 'y' }]);
    expect(list(fold(['a:b'], { delimiters: [] }))).toEqual(['"a:b"']);
  });
  it('sorts numbers in names by their value, whatever the delimiter', () => {
    const names = ['u:100429', 'u:10043', 'u:100430', 'u:9', 'u:10:cart', 'u:9:cart', 'u:009', 'u:x10y2', 'u:x9'];
    const sorted = ['"9"', '9 1', '"009"', '10 1', '"10043"', '"100429"', '"100430"', '"x9"', '"x10y2"'];
    expect(list(fold(names), 'u:')).toEqual(sorted);
    expect(list(fold([...names].reverse()), 'u:')).toEqual(sorted);
    // Of a delimiter that ends in a digit, the names of one namespace would not lie together by value.
    expect(list(fold(['a05x', 'a0', 'a1', 'a00y', 'a01z'], { delimiters: ['0'] }))).toEqual(['"a0"', 'a 3', '"a1"']);
  });
  it('shows bytes that are no text, reversibly', () => {
    const namespaces = new Namespaces();
    const key = Buffer.from([0xff, 0x0a, 0x3a, 0x00, 0x61]);
    namespaces.add([key]);
    const [space] = namespaces.children().entries;
    expect(space).toMatchObject({ kind: 'namespace', name: '\\xff\\n', prefix: key.subarray(0, 3) });
    expect(namespaces.children({ prefix: key.subarray(0, 3) }).entries).toEqual([{ kind: 'key', key, name: '\\x00a' }]);
  });
  it('gives children page by page', () => {
    const tree = fold(Array.from({ length: 25 }, (_, n) => `k${String(n).padStart(2, '0')}:${n}`).concat(['k03', 'zz']));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = tree.children({ limit: 4, after });
      expect(page.entries.length).toBeLessThanOrEqual(4);
      seen.push(...page.entries.map(({ kind, name }) => `${kind} ${name}`));
      // What comes meanwhile is shown where it lies behind.
      if (seen.length === 4) tree.add([Buffer.from('k00:new'), Buffer.from('k10:new')]);
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(27);
    expect(new Set(seen).size).toBe(27);
    expect(seen.slice(0, 5)).toEqual(['namespace k00', 'namespace k01', 'namespace k02', 'key k03', 'namespace k03']);
  });
  it('counts what it does not keep, and says that the count is approximate', () => {
    const tree = fold(['a:1', 'a:2', 'b:1'], { maxNames: 3 });
    tree.add(['a:1', 'a:3', 'a:3', 'c:1', 'd'].map((name) => Buffer.from(name)));
    expect([tree.size, tree.notKept]).toEqual([3, 4]);
    expect(list(tree)).toEqual(['a ≈4', 'b 1', 'c ≈1']);
  });
});

describe('KeyIndex', () => {
  it('is a sorted set, in any order of pages', () => {
    const index = new KeyIndex();
    const all = new Set<string>();
    let seed = 3;
    const next = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let page = 0; page < 60; page++) {
      const names = Array.from({ length: next(50) }, () => `${next(4) === 0 ? '0' : ''}${next(40)}:${next(4) === 0 ? 'x' : ''}${next(40)}`);
      index.add(names);
      for (const name of names) all.add(name);
      const sorted = [...all].sort(inReference);
      expect(Array.from({ length: index.size }, (_, at) => index.at(at))).toEqual(sorted);
      const prefix = `${next(40)}:`;
      const [from, to] = index.range(prefix);
      expect(to - from).toBe(sorted.filter((name) => name.startsWith(prefix)).length);
      expect(sorted.slice(from, to).every((name) => name.startsWith(prefix))).toBe(true);
    }
  });
  it('holds 300,000 names of 30 bytes under 70 bytes each, and lists a level of them at once', () => {
    const before = memory();
    const index = new KeyIndex();
    for (let page = 0; page < 300; page++) index.add(Array.from({ length: 1_000 }, (_, n) => flat(`session:${String(page * 1_000 + n).padStart(10, '0')}:profile-x`)));
    expect(index.size).toBe(300_000);
    expect((memory() - before) / index.size).toBeLessThan(70);
    const started = performance.now();
    const [from, to] = index.range('session:');
    expect(to - from).toBe(300_000);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

/** The order by its definition: runs of digits by value, then length; all else by bytes. */
function inReference(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    const byValue = /\d/.test(x) && /\d/.test(y) ? Number(BigInt(x) - BigInt(y)) || x.length - y.length : x.charCodeAt(0) - y.charCodeAt(0);
    if (byValue !== 0) return byValue;
  }
  return left.length - right.length;
}

/** As names come from the wire: a flat one-byte string, not a rope of its parts. */
function flat(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('forgets all that begins with a prefix, the key that is the prefix and what is only counted too', () => {
  const spaces = new Namespaces({ maxNames: 5 });
  spaces.add(['a:', 'a:1', 'a:b:2', 'ab:1', 'a'].map((name) => Buffer.from(name)));
  spaces.add(['a:c:1', 'a:c:2', 'z:1'].map((name) => Buffer.from(name)));
  expect([spaces.size, spaces.notKept]).toEqual([5, 3]);
  spaces.removeUnder(Buffer.from('a:'));
  expect(spaces.children().entries.map(({ name }) => name)).toEqual(['a', 'ab', 'z']);
  expect(spaces.children({ prefix: Buffer.from('a:') }).entries).toEqual([]);
  expect([spaces.size, spaces.notKept]).toEqual([2, 1]);
});
