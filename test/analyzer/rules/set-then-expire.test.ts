import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('set-then-expire', `${clients}export async function f(k: string, v: string, ttl?: number) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['counters in a hash', "await redis.hincrby(k, 'hits', 1);\nawait redis.expire(k, 60);"],
    ['scores, raised', 'const score = await client.zIncrBy(k, 1, v);\nif (score === 1) await client.expire(k, 60);'],
    ['a conditional EXPIRE', 'await redis.set(k, v);\nif (ttl) await redis.expire(k, ttl);'],
    ['a conditional write', 'if (v) {\n await redis.sadd(k, v);\n}\nawait redis.expire(k, 60);'],
    ['both in one Promise.all', 'await Promise.all([redis.hset(k, { v }), redis.expire(k, 60)]);'],
    ['a key spelled in two ways', "await client.set('a:' + k, v);\nawait client.expire(`a:${k}`, 60);"],
    ['many keys, each with its TTL after', 'const all = { [k]: v };\nawait redis.mset(all);\nawait Promise.all(Object.keys(all).map((key) => redis.expire(key, 60)));'],
    ['many keys, in a loop over entries', 'const all = { [k]: v };\nawait client.mSet(all);\nfor (const [key] of Object.entries(all)) await client.expire(key, 60);'],
    ['the first of several writes', 'await redis.hset(k, { v });\nawait redis.hset(k, { w: v });\nawait redis.expire(k, 60);'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

it('hints at what is sent in one burst', async () => {
  const text = `${clients}export const f = (k: string) => Promise.all([redis.hset(k, { a: 1 }), redis.expire(k, 60)]);
const keep = (k: string) => client.expire(k, 60);
export async function g(k: string) {
  await Promise.all([client.hSet(k, 'a', '1'), (keep(k))]);
}
export async function h(k: string) {
  await Promise.all([redis.hset(k, { a: 1 })]);
  await Promise.all([redis.expire(k, 60)]);
}`;
  const found = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'set-then-expire').map(({ severity, message }) => `${severity} ${message.split(':')[0]}`));
  expect(found).toEqual(['hint What is sent together is not atomic', 'hint What is sent together is not atomic', expect.stringMatching(/^warning If EXPIRE/)]);
});

describe('keeps quiet about', () => {
  it.each([
    ['a path that returns before', 'if (!ttl) {\n await redis.set(k, v);\n return;\n}\nawait redis.expire(k, ttl);'],
    ['another client', 'await redis.set(k, v);\nawait client.expire(k, 60);'],
    ['a variable that was given another value', "let key = k;\nawait redis.set(key, v);\nkey = 'other';\nawait redis.expire(key, 60);"],
    ['a counter, which is another rule\'s', 'await redis.incr(k);\nawait redis.expire(k, 60);'],
    ['a TTL that is refreshed', "await redis.set(k, v, 'EX', 60);\nawait redis.expire(k, 120);"],
    ['other keys than those', "const all = { [k]: v };\nawait redis.mset(all);\nfor (const key of Object.keys({ v })) await redis.expire(key, 60);"],
    ['many keys in one MULTI', 'const all = { [k]: v };\nconst multi = redis.multi().mset(all);\nfor (const key of Object.keys(all)) multi.expire(key, 60);\nawait multi.exec();'],
    ['the error path', 'try {\n await redis.set(k, v);\n} catch {\n await redis.expire(k, 1);\n}'],
    ['a switch', "switch (v) {\n case 'a':\n  await redis.set(k, v);\n  break;\n default:\n  await redis.expire(k, 60);\n}"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('knows keys that are made in a file that has nothing to do with Redis', async () => {
  const found = await linesOf('set-then-expire', {
    'keys.ts': "import { prefix } from './prefix';\nexport const userKey = (id: string) => `${prefix}:${id}`;\n",
    'prefix.ts': "export const prefix = 'user';\n",
    'a.ts': `${clients}import { userKey } from './keys';\nexport async function f(id: string) {\n await redis.hset(userKey(id), { id });\n await redis.expire('user:' + id, 60);\n}`,
  });
  expect(found).toEqual(['await redis.hset(userKey(id), { id });']);
});
