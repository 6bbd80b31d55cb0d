import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

/** Each piece within a function of its own, of one file. @returns the names of those in which something is reported */
async function reported(pieces: Record<string, string>): Promise<string[]> {
  const names = Object.keys(pieces);
  const text = names.map((name, index) => `async function f${index}(k: string, id: string, on?: boolean) {\n${pieces[name] ?? ''}\n}`).join('\n');
  const head = `${clients}declare const work: (x?: unknown) => Promise<void>;\ndeclare const events: { on(name: string, run: () => unknown): void };\n`;
  return withProject({ 'a.ts': head + text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return names.filter((_, index) =>
      findings.some(({ rule, file, start }) => rule === 'repeated-read' && (analyzer.text(file) ?? '').slice(0, start).match(/async function f\d+/g)?.at(-1) === `async function f${index}`),
    );
  });
}

it('reports', async () => {
  const pieces = {
    'a key spelled in two ways': "const a = await redis.get('a:' + id);\nreturn [a, await redis.get(`a:${id}`)];",
    'the same range': 'const a = await redis.lrange(k, 0, -1);\nconst b = await redis.lrange(k, 0, -1);\nreturn [a, b];',
    'within one turn of a loop': 'for (const one of [k, id]) {\n if (!(await client.get(one))) continue;\n await work(await client.get(one));\n}',
    'in a handler of an event': "events.on('a', async () => {\n const a = await redis.get(k);\n return [a, await redis.get(k)];\n});",
    'after other reads, and past a branch that ends': 'const a = await redis.hgetall(k);\nif (!on) {\n await work();\n return;\n}\nawait redis.llen(id);\nreturn [a, await redis.hgetall(k)];',
  };
  expect(await reported(pieces)).toEqual(Object.keys(pieces));
});

it('keeps quiet about', async () => {
  const pieces = {
    'a second look after a lock': "if (await redis.get(k)) return;\nif (!(await redis.set(id, '1', 'EX', 5, 'NX'))) return;\nif (await redis.get(k)) return;",
    'other work waited for': 'const a = await redis.get(k);\nawait work();\nreturn [a, await redis.get(k)];',
    'a write that nobody waits for': "const a = await redis.get(k);\nredis.set(k, '1').catch(() => undefined);\nreturn [a, await redis.get(k)];",
    'a script': "const a = await redis.get(k);\nawait redis.eval('return 1', 1, k);\nreturn [a, await redis.get(k)];",
    'other clients': 'return [await redis.get(k), await client.get(k)];',
    'bytes and text': 'return [await redis.get(k), await redis.getBuffer(k)];',
    'another range': 'return [await redis.lrange(k, 0, 1), await redis.lrange(k, 2, 3)];',
    'a first read under a condition': 'let a;\nif (on) a = await redis.get(k);\nreturn a ?? redis.get(k);',
    'an event': "const a = await redis.get(k);\nevents.on('change', async () => work(await redis.get(k)));\nreturn a;",
    'a loop that asks again and again': 'let a = await redis.get(k);\nwhile (!a) a = await redis.get(k);\nreturn a;',
    'a transaction by WATCH': 'const a = await redis.get(k);\nawait redis.watch(k);\nreturn [a, await redis.get(k)];',
    'a pipeline': 'return redis.pipeline().get(k).get(k).exec();',
  };
  expect(await reported(pieces)).toEqual([]);
});

it('trusts no helper that may keep what it has read, or does more than read', async () => {
  const found = await linesOf('repeated-read', {
    'a.ts': `${clients}
let kept: string | null = null;
const remembered = async () => (kept ??= await redis.get('config'));
async function counted(id: string) {
  await redis.incr('reads:' + id);
  return redis.get('a:' + id);
}
const plain = (id: string) => redis.get('a:' + id);
export async function f(id: string, other: string) {
  await remembered();
  await remembered();
  await counted(id);
  await counted(id);
  await plain(other);
  const first = await plain(id);
  const second = await plain(id);
  return [first, second];
}`,
  });
  expect(found).toEqual(['const second = await plain(id);']);
});

it('tells objects of one class from each other', async () => {
  const found = await linesOf('repeated-read', {
    'a.ts': `${clients}
class Cache {
  redis = new Redis();
  constructor(readonly prefix: string) {}
  get(k: string) { return this.redis.get(this.prefix + k); }
  async both(k: string) { return [await this.get(k), await this.get(k)]; } // found
}
const make = (prefix: string) => new Cache(prefix);
const [a, b] = [make('a:'), make('b:')];
let late = a;
const getter = (prefix: string) => (k: string) => redis.get(prefix + k);
const getA = getter('a:'), getB = getter('b:');
export async function two(k: string) { return [await a.get(k), await b.get(k)]; }
export async function twoMade(k: string) { return [await make('a:').get(k), await make('b:').get(k)]; }
export async function twoClients(k: string) { return [await a.redis.get(k), await b.redis.get(k)]; }
export async function twoGetters(k: string) { return [await getA(k), await getB(k)]; }
export async function assigned(k: string) {
  const first = await late.get(k);
  late = b;
  return [first, await late.get(k)];
}
export async function one(k: string) { return [await a.get(k), await a.get(k)]; } // found
export async function oneClient(k: string) { return [await a.redis.get(k), await a.redis.get(k)]; } // found
export async function oneLate(k: string) { return [await late.get(k), await late.get(k)]; } // found
`,
  });
  expect(found.every((line) => line.endsWith('// found'))).toBe(true);
  expect(found).toHaveLength(4);
});

describe('a key that each request reads', () => {
  it.each([
    ['is reported in a helper of the handler', "const flags = () => redis.get('flags');\napp.get('/', async (req, res) => {\n res.send(await flags());\n});", 1],
    ['is not where it is counted', "app.get('/', async (req, res) => {\n res.send(await redis.get('hits'));\n});\nexport const hit = () => redis.incr('hits');", 0],
    ['is not where requests write it', "app.get('/', async (req, res) => {\n res.send(await redis.get('motd'));\n});\napp.post('/', async (req, res) => {\n await redis.set('motd', req.body.text);\n});", 0],
    ['is reported where a job writes it', "app.get('/', async (req, res) => {\n res.send(await redis.get('motd'));\n});\nsetInterval(() => void redis.set('motd', new Date().toISOString()), 60_000);", 1],
    ['is not where a kept value is looked at first', "const memory = new Map();\napp.get('/', async (req, res) => {\n const kept = memory.get('flags');\n if (kept) return res.send(kept);\n res.send(await redis.get('flags'));\n});", 0],
    ['is not where somebody else keeps it', "app.get('/', async (req, res) => {\n res.send(await cached('flags', () => redis.get('flags')));\n});", 0],
    ['is not where what it names is removed', "app.post('/purge', async (req, res) => {\n const stale = await redis.smembers('stale');\n await redis.del(...stale);\n res.end();\n});", 0],
    ['is not where what it names is removed by a function', "async function purge() {\n const stale = await redis.smembers('stale');\n await redis.del(...stale);\n}\napp.post('/purge', async (req, res) => {\n await purge();\n res.end();\n});", 0],
    ['is reported past a check of the request', "app.get('/', async (req, res) => {\n if (!req.user) return res.sendStatus(401);\n res.send(await redis.get('flags'));\n});", 1],
    ['is not at start', "const flags = await redis.get('flags');\napp.get('/', (req, res) => res.send(flags));", 0],
  ])('%s', async (_, text, count) => {
    const head = "import express from 'express';\nimport Redis from 'ioredis';\nconst redis = new Redis();\nconst app = express();\ndeclare const cached: (key: string, load: () => Promise<string | null>) => Promise<string | null>;\n";
    expect(await linesOf('repeated-read', head + text)).toHaveLength(count);
  });
});

describe('the fix', () => {
  const fixed = (text: string): Promise<string | undefined> =>
    withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      const finding = findings.find(({ rule }) => rule === 'repeated-read');
      const [fix] = finding ? analyzer.fixes(finding) : [];
      return fix && applyEdits(text, fix.edits);
    });

  it('is in the style of the file, with a name that is free', async () => {
    const text = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function run(k: string) {\r\n\tif (!(await redis.get(k))) return\r\n\tconst value = await redis.get(k)\r\n\treturn value\r\n}\r\n';
    expect(await fixed(text)).toBe(text.replace('\tif (!(await redis.get(k))) return', '\tconst reply = await redis.get(k)\r\n\tif (!reply) return').replace('value = await redis.get(k)', 'value = reply'));
  });

  it.each([
    ['the value is another at the second place', "const a = await redis.get(k);\nif (a) return a;\nconst b = await redis.get(k);\nreturn b?.trim();"],
    ['the second place does not see it', 'try {\n const a = await redis.get(k);\n console.log(a);\n} finally {\n console.log(await redis.get(k));\n}'],
    ['one of the two is changed', "const a = await redis.hgetall(k);\na.x = '1';\nconst b = await redis.hgetall(k);\nreturn b;"],
    ['one of the two is handed on', 'const a = await redis.hgetall(k);\nkeep(a);\nconst b = await redis.hgetall(k);\nreturn b;'],
    ['the first is not evaluated first', "if (k === '' || (await redis.get(k))) return 1;\nreturn redis.get(k);"],
  ])('is not offered where %s', async (_, body) => {
    expect(await fixed(`${clients}declare const keep: (x: unknown) => void;\nexport async function f(k: string) {\n${body}\n}`)).toBeUndefined();
  });
});
