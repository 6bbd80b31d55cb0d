import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';

/** Each piece within a function of its own, of one file. @returns the names of those in which something is reported */
async function reported(pieces: Record<string, string>): Promise<string[]> {
  const names = Object.keys(pieces);
  const text = names.map((name, index) => `async function f${index}(k: string, v: string[], on?: boolean) {\n${pieces[name] ?? ''}\n}`).join('\n');
  return withProject({ 'a.ts': `${clients}declare const events: { on(name: string, run: () => unknown): void };\n${text}` }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return names.filter((_, index) =>
      findings.some(({ rule, file, start }) => rule === 'rebuild-gap' && (analyzer.text(file) ?? '').slice(0, start).match(/async function f\d+/g)?.at(-1) === `async function f${index}`),
    );
  });
}

it('reports', async () => {
  const pieces = {
    'a conditional write': 'await redis.del(k);\nif (v.length > 0) await redis.sadd(k, ...v);',
    'a chain of promises': 'return redis.del(k).then(() => redis.rpush(k, ...v));',
    'one Promise.all': 'await Promise.all([client.del(k), client.rPush(k, v)]);',
    'one chain of a pipeline': 'await redis.pipeline().del(k).rpush(k, ...v).exec();',
    'MULTI sent as a pipeline': 'const batch = client.multi();\nbatch.del(k);\nbatch.rPush(k, v);\nawait batch.exec(true);',
    'a write in MULTI after a DEL before it': 'await redis.del(k);\nawait redis.multi().rpush(k, ...v).expire(k, 60).exec();',
    'several keys deleted': "await client.unlink([k, 'other']);\nawait client.hSet(k, { a: '1' });",
    'a raw command': "await redis.call('DEL', k);\nawait redis.call('RPUSH', k, ...v);",
  };
  expect(await reported(pieces)).toEqual(Object.keys(pieces));
});

it('keeps quiet about', async () => {
  const pieces = {
    'another client': 'await redis.del(k);\nawait client.rPush(k, v);',
    'a key filled aside and copied': "await redis.del(k);\nawait redis.rpush(k, ...v);\nawait redis.copy(k, 'b');",
    'a scratch key': 'await redis.del(k);\nawait redis.sadd(k, ...v);\nconst both = await redis.sinter(k, "b");\nawait redis.del(k);\nreturn both;',
    'an event': "await redis.del(k);\nevents.on('join', () => redis.sadd(k, 'a'));",
    'a DEL now and then': 'if (on) await redis.del(k);\nawait redis.rpush(k, ...v);',
    'a claim': 'if (await redis.del(k)) await redis.sadd(k, ...v);',
    'a key read in between': 'await redis.del(k);\nif (await redis.exists(k)) return;\nawait redis.sadd(k, ...v);',
    'SET': "await redis.del(k);\nawait redis.set(k, 'a');",
    'MULTI within a pipeline': 'const batch = redis.pipeline();\nbatch.multi();\nbatch.del(k);\nbatch.sadd(k, ...v);\nawait batch.exec();',
    'a handed MULTI': 'const fill = (batch: ReturnType<typeof client.multi>) => {\n batch.del(k);\n batch.sAdd(k, v);\n};\nreturn fill;',
    'a Map': 'const m = { del: async (x: string) => x, sadd: async (x: string) => x };\nawait m.del(k);\nawait m.sadd(k);',
  };
  expect(await reported(pieces)).toEqual([]);
});

it('finds the halves in helpers of another file, in JavaScript', async () => {
  const found = await linesOf('rebuild-gap', {
    'store.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nexports.clear = (key) => redis.del(key);\nexports.add = (key, member) => redis.sadd(key, member);\n",
    'a.js': "const { clear, add } = require('./store');\nexports.reset = async (team, list) => {\n  await clear(`team:${team}`);\n  for (const one of list) await add(`team:${team}`, one);\n};\n",
  });
  expect(found).toEqual(['await clear(`team:${team}`);']);
});

it('reports a pipeline of a client that is listened to where it is made', async () => {
  const text = "import Redis from 'ioredis';\nconst redis = new Redis().on('error', (error) => console.error(error));\nexport async function f(k: string, v: string[]) {\n  await redis.pipeline().del(k).rpush(k, ...v).exec();\n}\n";
  expect(await linesOf('rebuild-gap', text)).toHaveLength(1);
});

describe('the fix by MULTI', () => {
  const fixed = (text: string): Promise<string | undefined> =>
    withProject({ 'a.ts': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      const finding = findings.find(({ rule }) => rule === 'rebuild-gap');
      const fix = finding && analyzer.fixes(finding).find(({ id }) => id === 'multi');
      return fix && applyEdits(text, fix.edits);
    });

  it('is in the style of the file, and gives free names', async () => {
    const head = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function run(k: string, multi: string[]) {\r\n';
    const text = `${head}\tawait redis.del(k)\r\n\tfor (const id of multi) {\r\n\t\tawait redis.rpush(k, id)\r\n\t}\r\n}\r\n`;
    expect(await fixed(text)).toBe(
      `${head}\tconst transaction = redis.multi()\r\n\ttransaction.del(k)\r\n\tfor (const id of multi) {\r\n\t\ttransaction.rpush(k, id)\r\n\t}\r\n\tfor (const [error] of (await transaction.exec()) ?? []) {\r\n\t\tif (error) throw error\r\n\t}\r\n}\r\n`,
    );
  });

  it.each([
    ['other work is waited for', 'await redis.del(k);\nconst list = await load();\nawait redis.sadd(k, ...list);'],
    ['a reply is read', 'await redis.del(k);\nconst added = await redis.sadd(k, ...v);\nreturn added;'],
    ['the function may end', "await redis.del(k);\nfor (const one of v) {\n if (one === '') return;\n await redis.rpush(k, one);\n}"],
    ['errors are handled one by one', 'await redis.del(k);\nfor (const one of v) {\n try {\n  await redis.rpush(k, one);\n } catch {\n  continue;\n }\n}'],
    ['another client is asked too', "await redis.del(k);\nawait client.incr('n');\nawait redis.sadd(k, ...v);"],
  ])('is not offered where %s', async (_, body) => {
    expect(await fixed(`${clients}declare const load: () => Promise<string[]>;\nexport async function f(k: string, v: string[]) {\n${body}\n}`)).toBeUndefined();
  });
});

it.each([
  ['both', "await redis.del('tags');\n await redis.sadd('tags', ...all);", 'multi,rename'],
  ['RENAME where something else is waited for in between', "await redis.del('tags');\n const more = await load();\n await redis.sadd('tags', ...more);", 'rename'],
  ['RENAME with the tag of a cluster', "await cluster.del('{tags}');\n await load();\n await cluster.sadd('{tags}', ...all);", 'rename'],
  ['MULTI alone where the new name may be of another slot', "await cluster.del('tags');\n await cluster.sadd('tags', ...all);", 'multi'],
  ['MULTI alone where the key may be another at the end', "await redis.del(of.key + 'tags');\n await redis.sadd(of.key + 'tags', ...all);", 'multi'],
  ['nothing where another key goes with it', "await redis.del('tags', 'names');\n await load();\n await redis.sadd('tags', ...all);", ''],
  ['nothing where it may leave before', "await redis.del('tags');\n if (!(await load()).length) return;\n await redis.sadd('tags', ...all);", ''],
  ['nothing where a helper sends commands', "await redis.del('tags');\n await more();\n await redis.sadd('tags', ...all);", ''],
])('offers %s', async (_, body, ids) => {
  const text = `${clients}import { Cluster } from 'ioredis';
const cluster = new Cluster([]);
declare function load(): Promise<string[]>;
async function more() {
  await redis.sadd('tags', 'x');
}
export async function f(all: string[], of: { key: string }) {
 ${body}
}`;
  const offered = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'rebuild-gap').map((finding) => analyzer.fixes(finding).map(({ id }) => id).join()));
  expect(offered).toEqual([ids]);
});
