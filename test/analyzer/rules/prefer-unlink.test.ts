import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const feed = `${clients}export const post = (id: string, text: string) => redis.lpush(\`feed:\${id}\`, text);\n`;
const drop = 'export const drop = (id: string) => redis.del(`feed:${id}`);';

it('reports collections that grow, among others and in any spelling', async () => {
  expect(await linesOf('prefer-unlink', {
    'feed.ts': feed,
    'a.ts': `${clients}${drop}\nexport const two = (id: string) => client.DEL(['page:' + id, 'feed:' + id]);\nexport const raw = (id: string) => redis.call('DEL', \`feed:\${id}\`);`,
    'b.js': "const redis = new (require('ioredis'))();\nexports.all = async (ids) => {\n  const keys = ids.map((id) => `feed:${id}`);\n  await redis.del(keys);\n};",
  })).toEqual([drop, "export const two = (id: string) => client.DEL(['page:' + id, 'feed:' + id]);", "export const raw = (id: string) => redis.call('DEL', `feed:${id}`);", 'await redis.del(keys);']);
});

it.each([
  ['a list that is trimmed', `${drop}\nexport const trim = (id: string) => redis.ltrim(\`feed:\${id}\`, 0, 9);`],
  ['a list that expires', `${drop}\nexport const touch = (id: string) => redis.expire(\`feed:\${id}\`, 9);`],
  ['what is made anew', 'export async function rebuild(tags: string[]) {\n await redis.del(`tags:all`);\n await redis.sadd(`tags:all`, ...tags);\n}'],
  ['a string', 'export const f = (id: string) => redis.del(`page:${id}`);'],
  ['UNLINK', 'export const f = (id: string) => redis.unlink(`feed:${id}`);'],
])('keeps quiet about %s', async (_, text) => {
  expect(await linesOf('prefer-unlink', { 'feed.ts': feed, 'a.ts': `${clients}${text}` })).toEqual([]);
});

it('keeps quiet where DEL frees memory in the background', async () => {
  const found = await withProject({ 'a.ts': `${feed}${drop}` }, async (analyzer) => (await analyzer.check()).findings.map(({ rule }) => rule), () => ({ server: { lazyfreeLazyUserDel: true } }));
  expect(found).not.toContain('prefer-unlink');
});
