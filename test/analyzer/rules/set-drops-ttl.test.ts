import { expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

const made = `${clients}export const open = (id: string, v: string) => redis.set(\`draft:\${id}\`, v, 'EX', 300);\n`;
const found = (text: string): Promise<string[]> => linesOf('set-drops-ttl', { 'made.ts': made, 'a.ts': `${clients}${text}` });

it('reports rewrites, through wrappers and in untyped code too', async () => {
  expect(await linesOf('set-drops-ttl', {
    'made.ts': made,
    'store.ts': `${clients}export const put = (key: string, v: string) => redis.set(key, v);\n`,
    'a.ts': `import { put } from './store';\nexport const save = (draftId: string, v: string) => put(\`draft:\${draftId}\`, v);\n`,
    'b.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nexports.save = (draft, v) => redis.set('draft:' + draft.id, v);\n",
  })).toEqual(["export const save = (draftId: string, v: string) => put(`draft:${draftId}`, v);", "exports.save = (draft, v) => redis.set('draft:' + draft.id, v);"]);
});

it('reports rewrites of names that a scan has found', async () => {
  const rewrite = (match: string, write: string): string =>
    `export async function f(v: string) {\n const [, keys] = await redis.scan('0', 'MATCH', '${match}');\n const batch = redis.pipeline();\n for (let i = 0; i < keys.length; i++) {\n ${write}\n }\n await batch.exec();\n}`;
  expect(await found(rewrite('draft:*', 'batch.set(keys[i]!, v);'))).toEqual(['batch.set(keys[i]!, v);']);
  expect(await found(rewrite('note:*', 'batch.set(keys[i]!, v);'))).toEqual([]);
  expect(await found(rewrite('draft:*', 'batch.set(v, keys[i]!);'))).toEqual([]);
  expect(await found(rewrite('draft:*', "batch.set(keys[i]!, v, 'KEEPTTL');"))).toEqual([]);
});

it.each([
  ['a branch beside one with a TTL', 'export async function f(id: string, v: string, ttl?: number) {\n if (ttl) await redis.set(`draft:${id}`, v, \'EX\', ttl);\n else await redis.set(`draft:${id}`, v);\n}'],
  ['a TTL given right after', 'export async function f(id: string, v: string) {\n await redis.set(`draft:${id}`, v);\n await redis.expire(`draft:${id}`, 60);\n}'],
  ['a key that was removed before', 'export async function f(id: string, v: string) {\n await redis.del(`draft:${id}`);\n await redis.set(`draft:${id}`, v);\n}'],
  ['a key that is made only where there is none', 'export const f = (id: string, v: string) => redis.set(`draft:${id}`, v, \'NX\');'],
  ['keys of something else', 'export const f = (email: string, v: string) => redis.set(`draft:${email}`, v);'],
  ['any key of a prefix', 'export const f = (key: string, v: string) => redis.set(`draft:${key}`, v);'],
  ['another server', 'const archive = new Redis(6380);\nexport const f = (id: string, v: string) => archive.set(`draft:${id}`, v);'],
  ['a TTL that is only prolonged elsewhere', 'export const f = (id: string, v: string) => redis.set(`note:${id}`, v);\nexport const touch = (id: string) => redis.expire(`note:${id}`, 60);'],
])('keeps quiet about %s', async (_, text) => {
  expect(await found(text)).toEqual([]);
});
