import { expect, it } from 'vitest';
import type { Fix } from '../../../src/analyzer/finding.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const names = async (files: Record<string, string> | string): Promise<string[]> =>
  (await linesOf('key-naming', typeof files === 'string' ? `${clients}${files}` : files)).map((line) => /(?:const|exports\.) ?(\w+)/.exec(line)?.[1] ?? line);

it('reports what people and tools stumble over, in any spelling', async () => {
  expect(await names({
    'keys.ts': 'export const tagKey = (id: string) => `tag-${id}`;\n',
    'store.ts': `${clients}export const read = (key: string) => redis.get(key);\n`,
    'a.ts': `import { tagKey } from './keys';\nimport { read } from './store';\n${clients}
export const tab = (id: string) => redis.call('GET', 'user\\t' + id);
export const wrapped = (id: string) => read(\`cart of \${id}\`);
export const owner = (user: { id: string }) => client.HGETALL(\`\${user.id}:cart\`);
export const email = (email: string) => redis.get(email + ':verified');
export const twice = (id: string) => redis.get(\`app:orders:order-\${id}\`);
export const tag = (id: string) => redis.smembers(tagKey(id));
export const tagged = (id: string, by: string) => redis.sadd(\`tag:\${id}\`, by);
export const untagged = (id: string, by: string) => redis.srem('tag:' + id, by);
`,
  })).toEqual(['tab', 'wrapped', 'owner', 'email', 'twice', 'tag']);
});

it.each([
  ['a prefix that is configured', "export const a = (prefix: string) => redis.get(`${prefix}:config`);\nexport class Store {\n constructor(private readonly id: string) {}\n get() { return redis.get(`${this.id}:config`); }\n}\nconst id = String(process.pid);\nexport const b = () => redis.get(`${id}:config`);"],
  ['a client that adds a prefix', "const own = new Redis({ keyPrefix: 'cart:' });\nexport const f = (userId: string) => own.get(`${userId}:items`);"],
  ['names of two namespaces', 'export const a = (id: string) => redis.get(`order:${id}`);\nexport const b = (id: string) => redis.get(`order-history:${id}`);\nexport const c = (id: string, row: number) => redis.get(`seat:${id}-${row}`);'],
  ['a word that begins as another', 'export const a = (id: string) => redis.get(`user:username:${id}`);\nexport const b = (id: string) => redis.get(`user:${id}:user-agent`);'],
  ['members, fields and channels', "export const a = (name: string) => redis.hset('names', 'full name', name);\nexport const b = (text: string) => redis.publish('news of today', text);"],
])('keeps quiet about %s', async (_, text) => {
  expect(await names(text)).toEqual([]);
});

const offered = (text: string): Promise<Fix[]> =>
  withProject({ 'a.ts': `${clients}${text}` }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'key-naming').flatMap((finding) => analyzer.fixes(finding)));

it.each([
  ['where the new name has values of another type', "export const a = (id: string) => redis.get(`order_${id}`);\nexport const b = (id: string) => redis.hgetall(`order:${id}`);\nexport const c = (id: string) => redis.hlen(`order:${id}`);"],
  ['where something scans for the old one', "export const a = (id: string) => redis.get(`page of ${id}`);\nexport const b = () => redis.keys('page of *');"],
  ['where the name is part of others', "const PAGE = 'page of ';\nexport const a = (id: string) => redis.get(PAGE + id);"],
  ['where another text begins like it', "export const a = (id: string) => redis.get(`page of ${id}`);\nexport const b = (key: string) => key.startsWith('page of ');"],
  ['where it cannot be followed to one of several patterns', "const PAGE = 'page of ';\nexport const a = (id: string) => redis.get(`page of ${id}`);\nexport const b = (id: string) => redis.get(PAGE + id + ':text');"],
  ['where quotes would stay', 'export const a = (id: string) => redis.get(`page of "${id}"`);'],
])('offers no other name %s', async (_, text) => {
  expect(await offered(text)).toEqual([]);
});

it('has an option for the length', async () => {
  const text = `${clients}export const f = (id: string) => redis.get(\`somewhat-long:\${id}\`);\n`;
  const found = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.map(({ rule }) => rule), () => ({ rules: { 'key-naming': { severity: undefined, options: { longest: 10 } } } }));
  expect(found).toContain('key-naming');
  expect(await names({ 'a.ts': text })).toEqual([]);
});
