import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const files = {
  'a.ts': `${clients}
import { Redis as Client } from 'ioredis';
export const spelled = (sid: string, v: string) => redis.set('userSession:' + sid, v); // found
export const setnx = (id: string) => client.setNX(\`order:\${id}:mutex\`, '1'); // found
export const raw = (id: string) => redis.call('SET', \`csrf:\${id}\`, '1'); // found
export const limited = (ip: string) => redis.set(\`limit:\${ip}\`, 1); // found
export const version = () => redis.set('cache:version', 2);
export const price = (symbol: string) => redis.set(\`token:\${symbol}:price\`, 2);
export const setting = (user: string) => redis.set(\`user:\${user}:limit\`, 2);
export const rest = (id: string, v: string, ...more: [token: 'EX', seconds: number]) => redis.set(\`session-a:\${id}\`, v, ...more);
export const options = (id: string, v: string, how: { EX: number }) => client.set(\`session-b:\${id}\`, v, how);
export async function both(id: string, v: string, ttl?: number) {
  if (ttl) await redis.set(\`session-c:\${id}\`, v, 'EX', ttl);
  else await redis.set(\`session-c:\${id}\`, v);
}
export const scripted = (id: string, v: string) => redis.set(\`session-d:\${id}\`, v);
export const script = (id: string) => redis.eval("redis.call('EXPIRE', KEYS[1], 60)", 1, \`session-d:\${id}\`);
export class Cache {
  constructor(private readonly redis: Client) {}
  touch(key: string) { return this.redis.expire(\`cache:\${key}\`, 60); }
}
export const page = (path: string, html: string) => redis.set(\`cache:page:\${path}\`, html);
`,
  'swept.ts': `${clients}
export const keep = (id: string) => redis.set(\`swept-token:\${id}\`, '1');
export async function sweep(keys: string[]) { for (const key of keys) await redis.expire(key, 60); }
`,
  'login.test.ts': "import { it } from 'vitest';\nimport Redis from 'ioredis';\nit('logs in', () => new Redis().set('session:1', 'a'));\n",
};

it('knows the words of a key, and what may give it a TTL', async () => {
  const found = await linesOf('missing-ttl', files);
  expect(found.map((line) => line.split(' ')[2])).toEqual(['spelled', 'setnx', 'raw', 'limited']);
});

describe('its option', () => {
  it('adds words', async () => {
    const text = `${clients}export const f = (id: string) => redis.set(\`draft:\${id}\`, '1');\n`;
    const found = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.map(({ rule }) => rule), () => ({ rules: { 'missing-ttl': { severity: undefined, options: { words: ['draft'] } } } }));
    expect(found).toContain('missing-ttl');
    expect(await linesOf('missing-ttl', text)).toEqual([]);
  });
});

it('offers no number where the code names a lifetime, and does not say that it is this key\'s', async () => {
  const offered = (code: string): Promise<string[]> => withProject({ 'a.ts': `${clients}${code}` }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.filter(({ rule }) => rule === 'missing-ttl').flatMap((finding) => analyzer.fixes(finding).map(({ title }) => title));
  });
  expect(await offered('export class Tokens {\n private expire = 7000;\n save(id: string) { return redis.set(`token:${id}`, this.expire); }\n}')).toEqual([]);
  expect(await offered('export const save = (id: string, ttl: number) => redis.set(`token:${id}`, ttl);')).toEqual([]);
  expect(await offered("const LOCK_TTL = 5;\nexport const lock = (id: string) => redis.set(`lock:${id}`, '1', 'EX', LOCK_TTL);\nexport const save = (id: string) => redis.set(`token:${id}`, 'a');")).toEqual(['Give the key a TTL of 1 hour (EX 3600)']);
  expect(await offered("const ttl = 5;\nexport const put = (id: string) => redis.set(`other:${id}`, '1', 'EX', ttl);\nexport const save = (id: string) => redis.set(`token:${id}`, 'a');")).toEqual(['Give the key the TTL of others (EX ttl)']);
});

it('knows a lock whose key is a parameter by what takes it and lets go of it', async () => {
  const lock = (body: string): Promise<string[]> => linesOf('missing-ttl', { 'a.ts': `${clients}\n${body}` });
  const release = 'export async function release(key: string) {\n await redis.del(key);\n}';
  expect(await lock(`export const acquire = (key: string) => redis.set(key, 'mutex', 'NX');\n${release}`)).toHaveLength(1);
  expect(await lock(`export const lock = (key: string, id: string) => redis.setnx(key, id);\n${release}`)).toHaveLength(1);
  expect(await lock(`export const once = (key: string) => redis.set(key, '1', 'NX');\n${release}`)).toEqual([]);
  expect(await lock("export const acquire = (key: string) => redis.set(key, 'mutex', 'NX');")).toEqual([]);
  expect(await lock(`export const acquire = (key: string) => redis.set(key, 'mutex', 'EX', 5, 'NX');\n${release}`)).toEqual([]);
  expect(await lock(`export async function lock(key: string) {\n await redis.setnx(key, 'x');\n await redis.expire(key, 5);\n}\n${release}`)).toEqual([]);
});
