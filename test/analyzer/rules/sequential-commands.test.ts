import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const head = `${clients}import { createCluster } from 'redis';\nconst cluster = createCluster({ rootNodes: [] });\ndeclare const work: (x?: unknown) => Promise<void>;\n`;

/** Each piece within a function of its own, of one file. @returns the names of those in which something is reported */
async function reported(pieces: Record<string, string>): Promise<string[]> {
  const names = Object.keys(pieces);
  const text = names.map((name, index) => `async function f${index}(a: string, b: string, list: string[]) {\n${pieces[name] ?? ''}\n}`).join('\n');
  return withProject({ 'a.ts': head + text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return names.filter((_, index) =>
      findings.some(({ rule, file, start }) => rule === 'sequential-commands' && (analyzer.text(file) ?? '').slice(0, start).match(/async function f\d+/g)?.at(-1) === `async function f${index}`),
    );
  });
}

it('reports', async () => {
  const pieces = {
    'replies converted on the spot': 'const x = Number(await redis.get(a));\nconst y = JSON.parse((await redis.get(b)) ?? "{}");\nconst z = (await redis.smembers("z")).length;\nreturn [x, y, z];',
    'variables that are set': 'let x, y, z;\nx = await client.get(a);\ny = await client.get(b);\nz = await client.lLen("z");\nreturn [x, y, z];',
    'those after one that they need': 'const id = await redis.get(a);\nconst x = await redis.hgetall(`u:${id}`);\nconst y = await redis.llen(`l:${id}`);\nconst z = await redis.scard(`s:${id}`);\nreturn [x, y, z];',
    'reads of a cluster': 'const x = await cluster.get(a);\nconst y = await cluster.get(b);\nconst z = await cluster.sCard("z");\nreturn [x, y, z];',
    'questions about the server': 'const x = await redis.info("memory");\nconst y = await redis.info("keyspace");\nconst z = await redis.dbsize();\nreturn [x, y, z];',
    'raw commands': "await redis.call('INCR', a);\nawait redis.call('INCR', b);\nawait redis.sadd('z', a);",
    'removals in a row': 'await redis.del(a);\nawait redis.srem("all", a);\nawait redis.hdel("names", a);',
  };
  expect(await reported(pieces)).toEqual(Object.keys(pieces));
});

it('keeps quiet about', async () => {
  const pieces = {
    'two clients': 'const x = await redis.get(a);\nconst y = await client.get(a);\nconst z = await redis.get(b);\nreturn [x, y, z];',
    'a need of a need': 'const x = await redis.get(a);\nconst y = await redis.get(b);\nconst key = `${x}:${y}`;\nreturn redis.get(key);',
    'a removal once what comes before it has worked': 'await redis.hset(b, { a });\nawait redis.sadd("all", b);\nawait redis.del(a);',
    'a job that is announced last': 'await redis.hset(a, { b });\nawait redis.lpush("list", a);\nawait redis.publish("jobs", a);',
    'a state that is written last': "await redis.set(a, b);\nawait redis.sadd('all', a);\nawait redis.hset(`job:${a}`, 'status', 'done');",
    'a lock': "await redis.set(a, b);\nawait redis.sadd('all', a);\nawait redis.del(`lock:${a}`);",
    'writes of one key that may overtake each other': 'await cluster.set(a, b);\nawait cluster.append(a, b);\nawait cluster.expire(a, 60);',
    'a command that may not be sent': 'const x = await redis.get(a);\nconst y = x0 ?? (await redis.get(b));\nconst z = await redis.get("z");\nreturn [x, y, z];'.replace('x0', 'list[0]'),
    'errors handled one by one': 'await redis.incr(a).catch(() => 0);\nawait redis.incr(b).catch(() => 0);\nawait redis.incr("z").catch(() => 0);',
    'other work with each reply': 'await work(await redis.get(a));\nawait work(await redis.get(b));\nawait work(await redis.get("z"));',
    'a reply that the next statement prints': 'console.log(await redis.get(a));\nconsole.log(await redis.get(b));\nconsole.log(await redis.get("z"));',
    'commands about the server': "await redis.config('SET', 'maxmemory', '1gb');\nawait redis.ping();\nawait redis.info();",
    'commands of a loop, which is reported itself': 'for (const one of list) {\n await redis.incr(one);\n await redis.expire(one, 60);\n await redis.sadd("all", one);\n}',
  };
  expect(await reported(pieces)).toEqual([]);
});

it('knows a client of untyped JavaScript, and one that may be a cluster', async () => {
  expect(
    await linesOf('sequential-commands', {
      'a.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nexports.f = async (id) => {\n  const a = await redis.get('a:' + id);\n  const b = await redis.get('b:' + id);\n  const c = await redis.get('c:' + id);\n  return { a, b, c };\n};\n",
      'b.ts': "import type { Cluster, Redis } from 'ioredis';\nexport async function f(redis: Redis | Cluster, id: string) {\n  await redis.incr(`a:${id}`);\n  await redis.incr(`b:${id}`);\n  await redis.incr(`c:${id}`);\n}\n",
    }),
  ).toEqual(["const a = await redis.get('a:' + id);", 'await redis.incr(`a:${id}`);']);
});

describe('the fix', () => {
  const fixed = (text: string): Promise<string | undefined> =>
    withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      const finding = findings.find(({ rule }) => rule === 'sequential-commands');
      const [fix] = finding ? analyzer.fixes(finding) : [];
      return fix && applyEdits(text, fix.edits);
    });

  it('is in the style of the file', async () => {
    const text = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function run(id: string, replies: string[]) {\r\n\tawait redis.incr(id)\r\n\tawait redis.sadd("a", id)\r\n\tawait redis.expire(id, 60)\r\n\treturn replies\r\n}\r\n';
    const lines = ['const results = await redis.pipeline().incr(id).sadd("a", id).expire(id, 60).exec()', 'for (const [error] of results ?? []) {', '\tif (error) throw error', '}'];
    expect(await fixed(text)).toBe(text.replace('await redis.incr(id)\r\n\tawait redis.sadd("a", id)\r\n\tawait redis.expire(id, 60)', lines.join('\r\n\t')));
  });

  it('keeps an optional client, and leaves places that nobody reads empty', async () => {
    const text = `import type { Redis } from 'ioredis';\nexport async function f(redis: Redis | undefined, id: string) {\n  await redis?.incr(id);\n  const b = await redis?.get(id);\n  await redis?.sadd('all', id);\n  return b;\n}\n`;
    expect(await fixed(text)).toContain("  const [, b] = await Promise.all([redis?.incr(id), redis?.get(id), redis?.sadd('all', id)]);\n  return b;");
  });

  it.each([
    ['a variable has a type of its own', 'const x: string | null = await redis.get(a);\nconst y = await redis.get(b);\nconst z = await redis.get("z");\nreturn [x, y, z];'],
    ['a variable stays and another does not', 'let x = await redis.get(a);\nconst y = await redis.get(b);\nconst z = await redis.get("z");\nx ??= "";\nreturn [x, y, z];'],
    ['places of objects are set', 'const o: Record<string, unknown> = {};\no.x = await redis.get(a);\no.y = await redis.get(b);\no.z = await redis.get("z");\nreturn o;'],
  ])('is not offered where %s', async (_, body) => {
    expect(await fixed(`${head}export async function f(a: string, b: string) {\n${body}\n}`)).toBeUndefined();
  });
});
