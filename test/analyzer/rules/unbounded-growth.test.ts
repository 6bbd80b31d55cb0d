import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const names = async (files: Record<string, string> | string): Promise<string[]> =>
  (await linesOf('unbounded-growth', typeof files === 'string' ? `${clients}${files}` : files)).map((line) => /(?:const|function|exports\.) ?(\w+)/.exec(line)?.[1] ?? line);

it('reports what is added and never taken, in any spelling', async () => {
  expect(await names(`
export const raw = (line: string) => redis.call('LPUSH', 'log:raw', line);
export const upper = (line: string) => client.RPUSH('log:upper', line);
export const queued = (line: string) => redis.pipeline().rpush('log:queued', line).exec();
export const scored = (id: string, at: number) => client.zAdd('seen:posts', { score: at, value: id });
export const read = (line: string) => client.xAdd('jobs:stream', '*', { line });
export const group = () => client.xReadGroup('g', 'c', { key: 'jobs:stream', id: '>' });
`)).toEqual(['raw', 'upper', 'queued', 'scored', 'read']);
});

it('takes the cap of a stream for no limit of a set whose pattern overlaps', async () => {
  expect(await names("export const log = (n: string, d: string) => redis.xadd(`log:${n}`, 'MAXLEN', '~', 1000, '*', 'd', d);\nexport const add = (n: string, id: string) => redis.sadd(`log:run:${n}`, id);")).toEqual(['add']);
});

it.each([
  ['a list that one drains who is told its name', "export const add = (job: string) => redis.lpush('jobs', job);\nexport class Worker {\n constructor(private readonly redis: Redis, private readonly queue: string) {}\n next() { return this.redis.brpop(this.queue, 0); }\n}"],
  ['a script that is given the key', "export const add = (job: string) => redis.lpush('jobs', job);\nexport const pop = () => redis.eval('...', 1, 'jobs');"],
  ['any queue that is drained by its name', "export const add = (job: string) => redis.lpush('queue:mail', job);\nexport const pop = (queue: string) => redis.lpop(`queue:${queue}`);"],
  ['a key that is removed', "export const add = (room: string, m: string) => redis.rpush(`chat:${room}`, m);\nexport const close = (room: string) => redis.del(`chat:${room}`);"],
  ['a list of keys that is removed', "export const add = (room: string, m: string) => redis.rpush(`chat:${room}`, m);\nexport const close = (rooms: string[]) => redis.del(...rooms.map((room) => `chat:${room}`));"],
  ['a key that is removed behind a list of others', "export const add = (room: string, m: string) => redis.rpush(`chat:${room}`, m);\nexport const close = (room: string, ids: string[]) => redis.del(...ids, `chat:${room}`);"],
  ['a key that is removed behind a list of others in a transaction', "export const add = (room: string, m: string) => redis.rpush(`chat:${room}`, m);\nexport const close = (room: string, ids: string[]) => redis.multi().del(...ids.map((id) => `m:${id}`), `chat:${room}`).exec();"],
  ['what a scan finds and removes', "export const add = (room: string, m: string) => redis.rpush(`chat:${room}:log`, m);\nexport async function sweep() {\n for (const key of await redis.keys('chat:*')) await redis.unlink(key);\n}"],
  ['members of which there are a few', "type Role = 'admin' | 'viewer';\nconst ALL = ['a', 'b'];\nexport const add = (role: Role) => redis.sadd('roles', role);\nexport const all = () => redis.sadd('letters', ...ALL);\nexport const one = () => client.zAdd('ranks', { score: 1, value: 'first' });"],
  ['a stream that is capped by options', "export const add = (v: string) => client.xAdd('s:1', '*', { v }, { TRIM: { strategy: 'MINID', threshold: 1 } });\nexport const other = (v: string, how: object) => client.xAdd('s:2', '*', { v }, how);\nexport const args = (...rest: [string, string, string]) => redis.xadd('s:3', ...rest);"],
  ['what is taken by a list of commands', "export const add = (id: string) => redis.sadd('open', id);\nexport const close = (id: string) => redis.multi([['srem', 'open', id], ['publish', 'closed', id]]).exec();"],
  ['what is taken by commands that are pushed', "export const add = (room: string, id: string) => redis.sadd(`room:${room}`, id);\nexport async function leave(rooms: string[], id: string) {\n const commands: string[][] = [];\n for (const room of rooms) commands.push(['srem', `room:${room}`, id]);\n await redis.pipeline(commands).exec();\n}"],
  ['what is taken by a list that is mapped', "export const add = (id: string) => redis.sadd('open', id);\nexport const close = (ids: string[]) => redis.pipeline(ids.map((id) => ['srem', 'open', id])).exec();"],
  ['scores that are only changed', "export const up = (id: string) => redis.zadd('ranks', 'XX', 1, id);"],
])('keeps quiet about %s', async (_, text) => {
  expect(await names(text)).toEqual([]);
});

it('knows one server by its URL, whichever library connects to it', async () => {
  const add = "import { Redis } from 'ioredis';\nconst redis = new Redis(process.env.REDIS_URL || 'redis://127.0.0.1');\nexport const add = (line: string) => redis.rpush('log', line);\n";
  const take = (url: string): string => `import { createClient } from 'redis';\nconst url = ${url};\nconst client = createClient({ url });\nexport const take = () => client.lPop('log');\n`;
  expect(await names({ 'add.ts': add, 'take.ts': take("process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'") })).toEqual([]);
  expect(await names({ 'add.ts': add, 'take.ts': take("process.env.ARCHIVE_URL ?? 'redis://127.0.0.1:6379'") })).toEqual(['add']);
});

it('takes a set for one of things, of which there are so many, unless what is added is made of the time', async () => {
  const text = `${clients}export const add = (id: string) => redis.sadd('users', id);\nexport const hit = (ip: string) => redis.zadd(\`hits:\${ip}\`, Date.now(), String(Date.now()));\n`;
  expect(await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-growth').map(({ severity }) => severity))).toEqual(['information', 'warning']);
});

it('is not quietened by a list of other commands', async () => {
  expect(await names(`
export const add = (id: string) => redis.sadd('open', id);
const close = (id: string) => redis.multi([['srem', 'closed', id], ['expire', 'other', '60']]).exec();
`)).toEqual(['add']);
});

it('leaves out what runs once', async () => {
  expect(await names({ 'scripts/fill.ts': `${clients}export const add = (id: string) => redis.rpush('users', id);\n` })).toEqual([]);
});

it('writes a MULTI in the style of the file', async () => {
  const text = `import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function log(line: string) {\r\n\tif (line) await redis.lpush("log", line)\r\n}\r\n`;
  const edits = await withProject({ 'a.ts': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.filter(({ rule }) => rule === 'unbounded-growth').flatMap((finding) => analyzer.fixes(finding)).flatMap((fix) => fix.edits.map((edit) => edit.text));
  });
  expect(edits.filter((edit) => edit !== '')).toEqual(['{\r\n\t\tconst replies = await redis.multi().lpush("log", line).ltrim("log", 0, 999).exec()\r\n\t\tfor (const [error] of replies ?? []) {\r\n\t\t\tif (error) throw error\r\n\t\t}\r\n\t}']);
});

it('counts members that ZINCRBY adds, but not those that are known', async () => {
  const text = `${clients}export const add = (user: string, n: number) => redis.zincrby('board', n, user);\nexport const seen = (kind: 'a' | 'b') => client.zIncrBy('kinds', 1, kind);\nexport const known = () => redis.zincrby('totals', 1, 'all');\n`;
  expect(await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-growth').map((finding) => [finding.severity, analyzer.fixes(finding).length]))).toEqual([['information', 0]]);
});
