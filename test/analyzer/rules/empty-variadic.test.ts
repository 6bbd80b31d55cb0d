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
