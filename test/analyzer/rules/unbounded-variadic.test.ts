import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const typed = `${clients}
export async function wholes(k: string) {
  await redis.del(...(await redis.smembers(k))); // !
  await redis.unlink(await redis.lrange(k, 0, -1)); // !
  const found: string[] = [];
  for await (const batch of redis.scanStream({ match: k })) found.push(...batch);
  await redis.del(found); // !
  const names = await client.sInter([k, 'b']);
  await client.mGet(names.filter((name) => name !== k).map((name) => k + name)); // !
}
export async function filled(k: string) {
  const keys: string[] = [];
  for (const id of await redis.smembers(k)) keys.push('run:' + id, 'step:' + id);
  await redis.del(...keys); // !
  const some = ['index'];
  for (const id of await redis.lrange(k, 0, 99)) some.push(id);
  await redis.del(...some);
  const all: string[] = [];
  let cursor = '0';
  do {
    const reply = await redis.scan(cursor);
    cursor = reply[0];
    all.push(...reply[1]);
  } while (cursor !== '0');
  if (all.length > 0) await redis.unlink(...all); // !
}
export async function parts(k: string, ids: string[]) {
  await redis.del(...(await redis.lrange(k, 0, 99)));
  await redis.del(...ids);
  const names = await redis.smembers(k);
  if (names.length > 1000) throw new Error('too many');
  await redis.del(...names);
  await redis.del(...(await redis.srandmember(k, 10)));
  await redis.hmget(k, 'a', 'b');
}
declare const db: { query(sql: string): Promise<{ rows: string[] }>; find(): Promise<string[]> };
export async function rows(k: string) {
  const { rows } = await db.query('select id from users limit 10');
  await redis.sadd(k, ...rows);
  const users = await db.find();
  await redis.sadd(k, ...users); // !
}
`;

it('tells whole collections from parts of them', async () => {
  expect(await linesOf('unbounded-variadic', typed)).toEqual(expected(typed));
});

it('offers no fix where the reply is used, in a queue, and for what is not an array', async () => {
  const code = `${clients}export async function f(k: string) {\n const names = await redis.smembers(k);\n redis.multi().del(...names);\n const set = new Set(names);\n await redis.del(...set);\n return (await redis.del(...names)) > 0;\n}`;
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const own = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-variadic');
    expect(own).toHaveLength(3);
    for (const finding of own) expect(analyzer.fixes(finding)).toEqual([]);
  });
});

it('keeps the style of the file', async () => {
  const code = "import Redis from 'ioredis'\nconst redis = new Redis()\nexport async function f(k: string) {\n\tawait redis.del(await redis.smembers(k))\n}\n".replaceAll('\n', '\r\n');
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-variadic');
    const text = (finding ? analyzer.fixes(finding) : [])[0]?.edits.map((edit) => edit.text).join('');
    expect(text).toBe('const keys = await redis.smembers(k)\r\n\tfor (let start = 0; start < keys.length; start += 500) {\r\n\t\tawait redis.del(keys.slice(start, start + 500))\r\n\t}');
  });
});

it('says no chunks where those are no help: in a transaction, and of keys in several slots', async () => {
  const code = `import type { Cluster, Redis } from 'ioredis';
export async function f(redis: Redis, cluster: Cluster, either: Redis | Cluster, k: string) {
  const names = await redis.smembers(k);
  await redis.multi().del(...names).exec();
  await either.unlink(...names);
  await cluster.del(...names.map((name) => \`{\${k}}:\${name}\`));
  await cluster.sadd(k, ...names);
}
`;
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const own = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-variadic');
    expect(own.map(({ message }) => /take it out|for each key|in chunks/.exec(message)?.[0])).toEqual(['take it out', 'for each key', 'in chunks', 'in chunks']);
    expect(own.map((finding) => analyzer.fixes(finding).map(({ id }) => id))).toEqual([[], ['command-per-key'], ['chunks'], ['chunks']]);
    expect(own[1] && analyzer.fixes(own[1])[0]?.edits.map(({ text }) => text)).toEqual(['Promise.all(names.map((key) => either.unlink(key)))']);
  });
});

it('leaves alone what a MULTI removes and fills again', async () => {
  const code = (other: string): string => `${clients}export async function f(k: string, to: string) {\n const names = await redis.smembers(k);\n await redis.multi().del(${other}).sadd(to, ...names).exec();\n}`;
  expect(await linesOf('unbounded-variadic', code('to'))).toEqual([]);
  expect(await linesOf('unbounded-variadic', code('k'))).toHaveLength(1);
});
