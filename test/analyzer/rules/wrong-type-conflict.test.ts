import { expect, it } from 'vitest';
import { clients, linesOf } from '../../support/analyze.ts';

const names = async (files: Record<string, string> | string): Promise<string[]> =>
  (await linesOf('wrong-type-conflict', typeof files === 'string' ? `${clients}${files}` : files)).map((line) => /(?:const|exports\.) ?(\w+)/.exec(line)?.[1] ?? line);

it('reports the type that fewer commands take the key for, through wrappers and in any spelling', async () => {
  expect(await names({
    'store.ts': `${clients}export const fields = (key: string) => client.hGetAll(key);\n`,
    'a.ts': `import { fields } from './store';\n${clients}
export const save = (id: string, v: string) => redis.set(\`device:\${id}\`, v, 'EX', 60);
export const load = (device: { id: string }) => redis.get('device:' + device.id);
export const whole = (deviceId: string) => fields(\`device:\${deviceId}\`);
export const raw = (id: string) => redis.call('LLEN', \`device:\${id}\`);
export const seen = (page: string) => redis.sadd('pages', page);
export const each = (page: string, at: number) => redis.zadd('pages', at, page);
export const all = () => redis.smembers('pages');
`,
  })).toEqual(['whole', 'raw', 'each']);
});

it('says that SET replaces, where others fail', async () => {
  expect(await linesOf('wrong-type-conflict', `${clients}redis.hset('a:1', 'b', 1); redis.hget('a:1', 'b');\nredis.set('a:1', 'c');`)).toEqual(["redis.set('a:1', 'c');"]);
});

it.each([
  ['any key of a prefix', 'export const get = (key: string) => redis.get(`cache:${key}`);\nexport const fields = (key: string) => redis.hgetall(`cache:${key}`);'],
  ['keys of different things', 'export const add = (userId: string, id: string) => redis.sadd(`session:${userId}`, id);\nexport const get = (sessionId: string) => redis.get(`session:${sessionId}`);'],
  ['a pattern that begins with anything', 'export const a = (user: string) => redis.get(`${user}:meta`);\nexport const b = (user: string) => redis.hgetall(`${user}:meta`);'],
  ['two servers', "const a = new Redis('redis://a');\nconst b = new Redis('redis://b');\nexport const x = () => a.get('k:1');\nexport const y = () => b.hgetall('k:1');"],
  ['clients whose names tell them apart', "export const x = (queueRedis: Redis) => queueRedis.get('k:1');\nexport const y = (sessionRedis: Redis) => sessionRedis.hgetall('k:1');"],
  ['a migration', "export async function f(id: string) {\n const old = await redis.get(`k:${id}`);\n await redis.rename(`k:${id}`, `old:${id}`);\n await redis.hset(`k:${id}`, { old: old ?? '' });\n}"],
  ['code that asks for the type', "export async function f(id: string) {\n return (await redis.type(`k:${id}`)) === 'hash' ? redis.hgetall(`k:${id}`) : redis.get(`k:${id}`);\n}"],
  ['code that knows the error', "export const set = (id: string) => redis.set(`k:${id}`, 1);\nexport async function f(id: string) {\n try { return await redis.hgetall(`k:${id}`); } catch (error) { if (!String(error).includes('WRONGTYPE')) throw error; }\n}"],
  ['sets in a union of sorted sets', "export const add = (m: string) => redis.sadd('k:a', m);\nexport const union = () => redis.zunionstore('k:c', 2, 'k:a', 'k:b');"],
])('keeps quiet about %s', async (_, text) => {
  expect(await names(text)).toEqual([]);
});

it('leaves out tests', async () => {
  expect(await names({ 'a.test.ts': `${clients}redis.set('k:1', 1); redis.get('k:1'); redis.hgetall('k:1');`, 'b.ts': `${clients}redis.hset('k:1', 'a', 1);` })).toEqual([]);
});
