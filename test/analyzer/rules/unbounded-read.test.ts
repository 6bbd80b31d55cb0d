import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const names = async (text: string): Promise<string[]> => (await linesOf('unbounded-read', `${clients}${text}`)).map((line) => /(?:const|function) ?(\w+)/.exec(line)?.[1] ?? line);

it('reports reads from one end to the other, in any spelling', async () => {
  expect(await names(`
export const raw = () => redis.call('LRANGE', 'log', '0', '-1');
export const rev = () => redis.zrevrangebyscore('board', '+inf', '-inf');
export const numbers = () => client.zRangeByScore('board', -Infinity, Infinity);
export const lex = () => redis.zrange('names', '-', '+', 'BYLEX');
export const most = () => redis.lrange('log', 0, Number.MAX_SAFE_INTEGER);
export const large = () => client.lRange('log', 0, 9999999999);
export const stream = () => client.xRevRange('events', '+', '-');
export const values = (id: string) => client.HVALS(\`cart:\${id}\`);
export const sorted = () => client.sort('ids');
export const add = (user: string, n: number) => redis.hincrby('scores:all', user, n);
export const scores = () => redis.hgetall('scores:all');
`)).toEqual(['raw', 'rev', 'numbers', 'lex', 'most', 'large', 'stream', 'values', 'sorted', 'scores']);
});

it('reports reads of a key that goes by a name of its class or module', async () => {
  expect(await names(`
declare const options: { prefix: string; urls: string };
const queues = { stalled: options.prefix + options.urls };
class Store {
  constructor(private readonly key: string) {}
  add(member: string) { return redis.sadd(this.key, member); }
  /* function members */ all = () => redis.smembers(this.key);
}
export const urls = () => redis.hkeys(options.urls);
export const stalled = () => redis.lrange(queues.stalled, 0, -1);
export const both = () => client.zRange(\`\${options.prefix}:\${options.urls}\`, 0, -1);
`)).toEqual(['members', 'urls', 'stalled', 'both']);
});

it('reports a whole SORT by patterns, in callback style too', async () => {
  const files = { 'package.json': JSON.stringify({ dependencies: { redis: '^3' } }), 'a.js': `const client = require('redis').createClient();
client.sort('queue', 'by', name + '*', 'get', other, (error, all) => all);
client.sort('queue', 'by', name + '*', 'limit', 0, 1, (error, all) => all);
client.sort('queue', ...words, (error, all) => all);` };
  expect(await linesOf('unbounded-read', files)).toEqual(["client.sort('queue', 'by', name + '*', 'get', other, (error, all) => all);"]);
});

it.each([
  ['a trimmed list of its class', 'class Log {\n constructor(private readonly key: string) {}\n add(line: string) { return redis.multi().lpush(this.key, line).ltrim(this.key, 0, 99).exec(); }\n all() { return redis.lrange(this.key, 0, -1); }\n}'],
  ['literal members of its class', "class Flags {\n constructor(private readonly key: string) {}\n on() { return redis.sadd(this.key, 'on'); }\n all() { return redis.smembers(this.key); }\n}"],
  ['a hash that goes by a name', 'class Record {\n constructor(private readonly key: string) {}\n all() { return redis.hgetall(this.key); }\n}'],
  ['a key that a caller passes a part of', 'class Sets {\n constructor(private readonly prefix: string) {}\n all(name: string) { return redis.smembers(this.prefix + name); }\n some(names: string[]) { return names.map((name) => redis.smembers(`${this.prefix}:${name}`)); }\n}'],
  ['pages', "export const a = (n: number) => redis.lrange('log', 0, n);\nexport const b = () => redis.zrange('board', 0, -1, 'LIMIT', 0, 10);\nexport const c = () => client.zRange('board', 0, -2);"],
  ['arguments that may be a limit', "export const a = (...rest: string[]) => redis.xrange('events', '-', '+', ...(rest as []));\nexport const b = (how: object) => client.zRangeByScore('board', '-inf', '+inf', how);\nexport const c = () => client.sort('ids', { LIMIT: { offset: 0, count: 10 } });"],
  ['a hash for each entity', 'export const a = (id: string) => redis.hgetall(`user:${id}`);'],
  ['a hash for each entity that is given an object nobody knows', 'export const put = (id: string, meta: any) => redis.multi().hset(`job:${id}`, meta).hset(`job:${id}`, { ...meta, at: 1 }).exec();\nexport const a = (id: string) => redis.hgetall(`job:${id}`);'],
  ['a hash for each entity that a list of commands writes', "export const put = (id: string, state: string) => redis.pipeline([['hset', `job:${id}`, 'state', state]]).exec();\nexport const a = (id: string) => redis.hgetall(`job:${id}`);"],
  ['a record that a constant is made of', "export async function put(id: string, state: string) {\n const fields: Record<string, string> = { state };\n if (id) fields.at = String(Date.now());\n await redis.hset('job', fields);\n}\nexport const a = () => redis.hgetall('job');"],
  ['a hash of each entity whose fields are taken out again', 'export const put = (id: string, sku: string) => redis.hincrby(`cart:${id}`, sku, 1);\nexport const take = (id: string, sku: string) => redis.hdel(`cart:${id}`, sku);\nexport const all = (id: string) => redis.hgetall(`cart:${id}`);'],
  ['a record with named fields', 'interface User { name: string; mail: string }\nexport const save = (user: User) => client.hSet(`user:1`, { ...user });\nexport const load = () => client.hGetAll(`user:1`);'],
  ['a hash of which named fields are read', "export async function f() {\n const settings = await redis.hgetall('settings');\n return settings.theme;\n}\nexport async function g() {\n const { locale } = await client.hGetAll('settings');\n return locale;\n}"],
  ['a hash whose reader names its fields, though its writer does not', "export const put = (id: string, field: string, v: string) => redis.hsetnx(`form:${id}`, field, v);\nexport async function get(id: string) {\n const hash = await redis.hgetall(`form:${id}`);\n const form: Record<string, unknown> = { ...hash };\n for (const name of ['age', 'size']) if (name in hash) form[name] = Number(hash[name]);\n return form;\n}"],
  ['a list that is trimmed', "export const add = (line: string) => redis.multi().lpush('log', line).ltrim('log', 0, 99).exec();\nexport const all = () => redis.lrange('log', 0, -1);"],
  ['a capped stream', "export const add = (line: string) => redis.xadd('log', 'MAXLEN', '~', 100, '*', 'line', line);\nexport const all = () => redis.xrange('log', '-', '+');"],
  ['what is only counted', "export const count = async () => (await redis.smembers('users')).length;"],
  ['the destination of a SORT', "export const f = () => redis.sort('ids', 'STORE', 'sorted');"],
  ['keys of which nothing is known', 'export const f = (key: string) => redis.smembers(key);'],
])('keeps quiet about %s', async (_, text) => {
  expect(await names(text)).toEqual([]);
});

it('is a warning where the key grows, and in a request path', async () => {
  const text = `${clients}import express from 'express';
const app = express();
export const add = (line: string) => redis.rpush('log', line);
export const all = () => redis.lrange('log', 0, -1);
export const members = () => redis.smembers('team');
app.get('/team', async (req, res) => res.json(await redis.smembers('crew')));
`;
  const found = await withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-read').map(({ severity }) => severity));
  expect(found).toEqual(['warning', 'information', 'warning']);
});

it('scans in the style of the file', async () => {
  const text = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(id: string) {\r\n\tfor (const m of await redis.smembers(`team:${id}`)) console.log(m)\r\n}\r\n';
  const edits = await withProject({ 'a.ts': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.filter(({ rule }) => rule === 'unbounded-read').flatMap((finding) => analyzer.fixes(finding)).flatMap((fix) => fix.edits.map((edit) => edit.text));
  });
  expect(edits.join('')).toContain('\r\n\tfor await (const batch of redis.sscanStream(`team:${id}`, { count: 1000 })) {\r\n\t\tfor (const m of batch as string[]) {\r\n');
});

const offered = async (text: string): Promise<string[][]> =>
  withProject({ 'a.ts': `${clients}${text}` }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-read').map((finding) => analyzer.fixes(finding).map(({ id }) => id)));

it('offers to read in pages what each command reads, in the form that its reply allows', async () => {
  expect(await offered(`
export const add = (user: string, n: number) => redis.hincrby('scores:all', user, n);
export async function f() {
  const all = await redis.hgetall('scores:all');
  const names = await client.hKeys('scores:all');
  const lines = await client.LRANGE('log', '0', '-1');
  const board = await redis.zrange('board', 0, -1);
  const online = new Set(await client.zRange('online', 0, -1));
  return [all, names, lines, board, online];
}`)).toEqual([['scan-hash'], ['scan-hash'], ['pages'], ['pages'], ['pages']]);
});

it.each([
  ['the promise is passed on', 'export const f = () => Promise.all([redis.lrange("log", 0, -1), client.sMembers("crew")]);', 2],
  ['scores come with the members', 'export const f = async () => await redis.zrange("board", 0, -1, "WITHSCORES");', 1],
  ['the range is by score, or turned round', 'export const f = async () => await redis.zrange("board", "-inf", "+inf", "BYSCORE");\nexport const g = async () => await client.zRange("board", 0, -1, { REV: true });', 2],
  ['bounds are parameters', 'export const f = async (from = 0, to = -1) => await redis.lrange("log", from, to);', 1],
  ['the key is emptied after it', 'export async function f() {\n const lines = await redis.lrange("log", 0, -1);\n await redis.rename("log", "log:old");\n return lines;\n}\nexport async function g() {\n const all = await client.sMembers("crew:all");\n await client.del("crew:all");\n return all;\n}', 2],
  ['the client has no iterator', 'import { createCluster } from "redis";\nconst shards = createCluster({ rootNodes: [] });\nexport const f = async () => await shards.sMembers("crew");', 1],
])('offers nothing where %s', async (_, text, findings) => {
  expect(await offered(text)).toEqual(Array.from({ length: findings }, () => []));
});

it('leaves a type that was written where it is, and takes a name of its own beside it', async () => {
  const text = `${clients}export async function f(of: { day: string }) {\n  const found = 1;\n  const lines: readonly string[] = await redis.lrange(\`log:\${of.day}\`, 0, -1);\n  return [found, lines];\n}\n`;
  const after = await withProject({ 'a.ts': text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unbounded-read');
    return (finding ? analyzer.fixes(finding) : []).flatMap(({ edits }) => edits.map((edit) => edit.text)).join('|');
  });
  expect(after).toContain("const key = `log:${of.day}`;\n  const entries: string[] = [];\n  let page: string[];\n");
  expect(after).toContain('|entries');
});
