/** Which two commands are on one key: what all rules about pairs have in common. Lines that end with `// found: rule` are reported by it, no others. */
import { expect, it } from 'vitest';
import { clients, withProject } from '../../support/analyze.ts';

const pairRules = new Set(['set-then-expire', 'read-modify-write', 'rebuild-gap', 'prefer-getex', 'check-then-set', 'read-then-delete', 'redundant-check', 'incr-then-expire', 'setnx-then-expire']);

/** `rule line` of what is found by rules about pairs, and of what is marked. */
async function foundAndMarked(files: Record<string, string>): Promise<[string[], string[]]> {
  const found = await withProject(files, async (analyzer, root) =>
    (await analyzer.check()).findings.filter(({ rule }) => pairRules.has(rule)).map(({ rule, file, start }) => `${file.slice(root.length + 1)}:${(analyzer.text(file) ?? '').slice(0, start).split('\n').length} ${rule}`));
  const marked = Object.entries(files).flatMap(([name, text]) => text.split('\n').flatMap((line, index) => (/\/\/ found: (.*)$/.exec(line)?.[1] ?? '').split(', ').filter(Boolean).map((rule) => `${name}:${index + 1} ${rule}`)));
  return [found.sort(), marked.sort()];
}

it('tells objects of one class from each other', async () => {
  const [found, marked] = await foundAndMarked({
    'cache.ts': `import Redis from 'ioredis';
export class Cache {
  private readonly redis = new Redis();
  constructor(private readonly prefix: string) {}
  get(k: string) { return this.redis.get(this.prefix + k); }
  put(k: string, v: string) { return this.redis.set(this.key(k), v); }
  keep(k: string) { return this.redis.expire(this.key(k), 60); }
  drop(k: string) { return this.redis.del(k); }
  fill(k: string) { return this.redis.sadd(k, '1'); }
  private key(k: string) { return this.prefix + k; }
  async own(k: string) {
    await this.put(k, '1'); // found: set-then-expire
    await this.keep(k);
  }
}
export const shared = new Cache('s:');
`,
    'a.ts': `import { Cache, shared } from './cache';
import * as all from './cache';
const [a, b] = [new Cache('a:'), new Cache('b:')];
export class Service {
  constructor(private readonly cache: Cache, private readonly other: Cache) {}
  async two(k: string) {
    await this.cache.put(k, '1');
    await this.other.keep(k);
    await this.cache.drop(k);
    await this.other.fill(k);
  }
  async one(k: string) {
    await this.cache.put(k, '1'); // found: set-then-expire
    await this.cache.keep(k);
  }
}
export async function two(k: string) {
  await a.put(k, '1');
  await b.keep(k);
  await a.drop(k);
  await b.fill(k);
}
export async function one(k: string) {
  await a.put(k, '1'); // found: set-then-expire
  await a.keep(k);
  await shared.drop(k); // found: rebuild-gap
  await all.shared.fill(k);
}
`,
    'params.ts': `${clients}
const put = (r: Redis, k: string) => r.set(k, '1');
const change = async (r: Redis, k: string, ttl?: number) => { if (ttl) await r.expire(k, ttl); else await r.set(k, '1'); };
export async function two(a: Redis, b: Redis, k: string) {
  await change(a, k);
  await change(b, k, 5);
  await put(a, k);
}
export async function one(a: Redis, k: string) {
  await change(a, k); // found: set-then-expire
  await change(a, k, 5);
}
`,
  });
  expect(found).toEqual(marked);
});

it('takes for a pair in a test what follows at once', async () => {
  const body = `${clients}
export async function near(k: string) {
  await redis.hset(k, { a: '1' }); // found: set-then-expire
  await redis.expire(k, 60);
  await client.get(k);
  await client.expire(k, 60); // found: prefer-getex
}
export async function far() {
  await redis.hset('a', { a: '1' }); // app: set-then-expire
  await redis.lpush('b', '1');
  await redis.expire('a', 60);
}
export async function asserted(k: string) {
  await redis.hset(k, { a: '1' }); // app: set-then-expire
  expect(k).toBe('a');
  await redis.expire(k, 60);
  await redis.get(k);
  expect(k).toBe('a');
  await redis.expire(k, 60); // app: prefer-getex
}
export async function cleared(k: string) {
  await redis.del(k); // app: rebuild-gap
  await redis.sadd(k, '1');
}
declare function expect(x: unknown): { toBe(x: unknown): void };
`;
  const [found, marked] = await foundAndMarked({ 'a.test.ts': body, 'b.ts': body.replaceAll('// app:', '// found:') });
  expect(found).toEqual(marked);
});

it('looks at what is done to the key between', async () => {
  const [found, marked] = await foundAndMarked({ 'a.ts': `${clients}
export async function gone(k: string) {
  await redis.hset(k, { a: '1' });
  await redis.del(k);
  await redis.expire(k, 60);
}
export async function readBack(k: string) {
  await redis.set(k, '1');
  console.log(await redis.get(k));
  await redis.expire(k, 60); // found: prefer-getex
}
export async function looked(k: string) {
  const value = await client.get(k);
  const left = await client.ttl(k);
  await client.expire(k, 60);
  return [value, left];
}
export async function trimmed(k: string) {
  await redis.lpush(k, '1'); // found: set-then-expire
  await redis.ltrim(k, 0, 9);
  await redis.llen(k);
  await redis.expire(k, 60);
}
` });
  expect(found).toEqual(marked);
});
