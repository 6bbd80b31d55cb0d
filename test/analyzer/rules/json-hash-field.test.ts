import { expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const code = `${clients}
interface Flat { a: number; b?: string | null }
interface Deep { inner: Flat; list: string[] }
export async function f(k: string, flat: Flat, deep: Deep, any: any, either: Flat | string[]) {
  await redis.hmset(k, 'name', 'x', 'flat', JSON.stringify(flat)); // !
  await redis.hset(k, new Map([['flat', JSON.stringify(flat)]])); // !
  await client.hSet(k, [['flat', JSON.stringify({ ...flat, c: true })]]); // !
  await redis.call('HSET', k, 'flat', JSON.stringify(flat)); // !
  await redis.hsetnx(k, 'flat', JSON.stringify(flat)); // !
  const text = JSON.stringify(flat);
  await redis.hset(k, { text }); // !
  await redis.hset(k, { deep: JSON.stringify(deep), any: JSON.stringify(any), either: JSON.stringify(either), n: JSON.stringify(1) });
  await redis.hset(k, 'part', 'v1:' + JSON.stringify(flat));
  await redis.set(k, JSON.stringify(flat));
  const fields = { hset(_k: string, _f: string, _v: string) {} };
  fields.hset(k, 'flat', JSON.stringify(flat));
}
`;

it('finds flat objects in every form of HSET, and nothing else', async () => {
  expect(await linesOf('json-hash-field', code)).toEqual(expected(code));
});
