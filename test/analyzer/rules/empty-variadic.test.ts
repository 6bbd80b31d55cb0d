import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const typed = `${clients}
export async function scans() {
  for await (const keys of redis.scanStream({ match: 'a:*' })) await redis.del(...keys); // !
  for await (const keys of client.scanIterator({ MATCH: 'a:*' })) await client.unlink(keys); // !
  const stream = redis.scanStream();
  stream.on('data', (keys: string[]) => redis.del(keys)); // !
  const [, page] = await redis.scan('0');
  await redis.del(page); // !
  const { keys } = await client.scan('0');
  if (keys.length > 0) await client.del(keys);
  const all: string[] = [];
  for await (const batch of redis.scanStream()) all.push(...batch);
  await redis.unlink(all); // !
  const found = new Set<string>();
  for await (const batch of redis.sscanStream('docs')) for (const name of batch as string[]) found.add(name);
  await redis.mget([...found].map((name) => name.trim())); // !
  if (found.size > 0) await redis.del([...found]);
}
export async function takenForOneKey() {
  for await (const key of client.scanIterator()) {
    if ((await client.ttl(key as any)) === -1) await client.del(key);
  }
}
export async function gathered(extra: string) {
  const found = new Set<string>();
  for await (const batch of client.scanIterator()) for (const name of batch) found.add(name);
  found.add(extra);
  await client.unlink([...found]);
}
export async function more(k: string, ids: string[], set: Set<string>, [first, ...others]: string[], one: string, two: string | string[], pair: [string, ...string[]]) {
  await redis.sadd(k, ...set); // !
  await redis.srem(k, [...new Set(ids)]); // !
  await redis.call('HDEL', k, ...ids); // !
  await redis.lpush(k, ...ids.flatMap((id) => [id, id])); // !
  await redis.mget(...(await redis.lrange(k, 0, 9))); // !
  await redis.del(one);
  await client.del(two);
  await redis.del(...pair);
  await redis.del(k, ...ids);
  await redis.del(...ids.slice(0, 5));
  await redis.del(...k.split(','));
  await redis.pfadd(k, ...ids);
}
export async function guards(k: string, ids: string[], others: string[]) {
  if (isEmpty(ids)) return;
  await redis.del(...ids);
  const count = others.length;
  if (count) await Promise.all(['x'].map(() => redis.sadd(k, ...others.map((one) => one + k))));
}
const isEmpty = (list: unknown[]) => list.length === 0;
class Drop {
  all(...keys: string[]) {
    return redis.del(...keys);
  }
  some(keys: string[] = []) {
    return redis.del(...keys); // !
  }
}
export const drop = (d: Drop) => [d.all('a', 'b'), d.some()];
function fixed(keys: string[]) {
  return redis.del(...keys);
}
export const once = (ids: string[]) => (ids.length ? fixed(ids) : fixed(['a']));
`;

it('follows a list to where it comes from, and to who asked for its length', async () => {
  expect(await linesOf('empty-variadic', typed)).toEqual(expected(typed));
});

it('follows a list into the loops that fill it, and the callback that is given a reply', async () => {
  const code = `${clients}
interface Item { id: string; dead: boolean }
export async function gathered(k: string, items: Item[], fixed: [Item, ...Item[]]) {
  const dead: string[] = [];
  for (const item of items) if (item.dead) dead.push(item.id);
  await redis.srem(k, ...dead); // !
  const old: string[] = [];
  items.forEach((item) => {
    if (!item.dead) return;
    old.push(item.id);
  });
  const gone: string[] = [];
  for (const item of fixed) {
    if (!item.dead) continue;
    gone.push(item.id);
  }
  redis.pipeline().zrem(k, gone); // !
  const all: string[] = [];
  for (const item of items) all.push(item.id);
  await redis.del(...all); // !
}
export async function known(k: string, items: Item[], fixed: [Item, ...Item[]]) {
  const all: string[] = [];
  for (const item of fixed) all.push(item.id);
  await redis.del(...all);
  const either: string[] = [];
  for (const item of fixed) {
    if (item.dead) either.push(item.id);
    else either.push('x' + item.id);
  }
  await redis.del(...either);
  const counted: string[] = [];
  let count = 0;
  for (const item of items) {
    if (item.dead) {
      counted.push(item.id);
      count++;
    }
  }
  if (count > 0) await redis.del(...counted);
  if (!items.some((item) => item.dead)) return;
  const found: string[] = [];
  for (const item of items) if (item.dead) found.push(item.id);
  await redis.del(...found);
  const more = ['x'];
  for (const item of items) if (item.dead) more.push(item.id);
  await redis.del(...more);
  const args: string[] = [];
  if (k) args.push(k);
  args.push('b');
  await redis.del(...args);
  const dead: string[] = [];
  for (const item of items) if (item.dead) dead.push(item.id);
  if (dead.length) await redis.del(...dead);
}
export const replies = (p: string, done: () => void) => {
  void redis.keys(p).then((keys) => redis.del(keys)); // !
  redis.keys(p, (error, keys) => void redis.del(keys ?? [], done)); // !
};
`;
  expect(await linesOf('empty-variadic', code)).toEqual(expected(code));
});

it('takes an untyped argument for a single key, unless it is made as a list', async () => {
  const code = "const redis = new (require('ioredis'))();\nexports.a = (key, list) => [redis.del(key), redis.del(list.map(String)), redis.sadd('k', key)];\n";
  expect(await linesOf('empty-variadic', { 'a.js': code })).toHaveLength(1);
});

it('offers no fix in a queue, for the length that LPUSH tells, and for what may be a Set', async () => {
  const code = `${clients}export async function f(k: string, ids: string[]) {\n redis.pipeline().del(...ids);\n return (await redis.lpush(k, ...ids)) + 1;\n}`;
  const untyped = "const redis = new (require('ioredis'))();\nexports.a = async (ids) => {\n  await redis.del(...ids);\n};\n";
  await withProject({ 'a.ts': code, 'b.js': untyped }, async (analyzer) => {
    const own = (await analyzer.check()).findings.filter(({ rule }) => rule === 'empty-variadic');
    expect(own).toHaveLength(3);
    for (const finding of own) expect(analyzer.fixes(finding)).toEqual([]);
  });
});

it('keeps the style of the file', async () => {
  const code = "import Redis from 'ioredis'\nconst redis = new Redis()\nexport async function f(ids: string[]) {\n\tawait redis.del(...ids)\n}\n".replaceAll('\n', '\r\n');
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'empty-variadic');
    expect((finding ? analyzer.fixes(finding) : [])[0]?.edits.map(({ text }) => text).join('')).toBe('if (ids.length > 0) {\r\n\t\tawait redis.del(...ids)\r\n\t}');
  });
});

const loaded = `${clients}import DataLoader from 'dataloader';
export const users = new DataLoader((ids: readonly string[]) => redis.mget(...ids));
const fetchAndSet = async (ids: readonly string[], prefix: string) => redis.mget(...ids.map((id) => prefix + id));
const batch = async (ids: readonly string[]) => fetchAndSet(ids, 'a:');
export const named = new DataLoader(batch);
const make = (prefix: string): DataLoader.BatchLoadFn<string, string> => async (ids) => (await fetchAndSet(ids, prefix)) as string[];
export const made = new DataLoader(make('b:'));
export const other = async (ids: string[]) => redis.mget(...ids); // !
`;

it('knows that a batch function is never given an empty list', async () => {
  expect(await linesOf('empty-variadic', loaded)).toEqual(expected(loaded));
});

it('reports what makes one result of all keys, and offers to ask first only where nothing is stored', async () => {
  const text = `${clients}
export async function f(keys: string[]) {
  const all = await redis.sunion(...keys); // !
  const both = await client.sInter(keys); // !
  await redis.sdiffstore('to', ...keys); // !
  const scored = await client.zUnion(keys); // !
  await client.zUnionStore('to', keys); // !
  const count = await redis.pfcount(...keys); // !
  await redis.sunion('one', ...keys);
  await redis.zunion(keys.length, ...keys);
  return [all, both, scored, count];
}`;
  expect(await linesOf('empty-variadic', text)).toEqual(expected(text));
  expect(await linesOf('unbounded-variadic', text)).toEqual([]);
  const offered = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'empty-variadic').map((finding) => analyzer.fixes(finding).length));
  expect(offered).toEqual([1, 1, 0, 1, 0, 1]);
});
