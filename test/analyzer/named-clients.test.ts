/** Receivers that only their names say to be clients: what is taken for one, what never is, and which rules speak of them. */
import { expect, it } from 'vitest';
import { rules } from '../../src/analyzer/rules/index.ts';
import { withProject } from '../support/analyze.ts';

const manifest = (...names: string[]): Record<string, string> => ({ 'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) }) });
const one = manifest('ioredis');

/** `COMMAND receiver confidence dialect` of each call in a project with ioredis. */
async function commandsOf(name: string, text: string, files: Record<string, string> = {}): Promise<string[]> {
  const { calls } = await withProject({ ...one, ...files, [name]: text }, (analyzer) => analyzer.calls());
  return calls.filter(({ file, command }) => file.endsWith(`/${name}`) && !command.startsWith('@')).map(({ command, receiver, confidence, dialect }) => `${command} ${receiver} ${confidence} ${dialect}`);
}

const get = ['GET client name ioredis'];

it.each<[how: string, text: string, expected?: string[], files?: Record<string, string>]>([
  ['a constructor\'s parameter', "module.exports = class { constructor(redis) { this.redis = redis; } f() { return this.redis.get('a'); } };"],
  ['a constructor\'s options', "class Store { constructor(options) { this.redis = options.redisClient; } f() { return this.redis.get('a'); } }\nmodule.exports = Store;"],
  ['a private field', "module.exports = class { #redis; constructor(o) { this.#redis = o.redis ?? null; } f() { return this.#redis.get('a'); } };"],
  ['a prototype', "function Store(o) { this._redis = o.client; }\nStore.prototype.f = function (key, cb) { this._redis.get(key, cb); };\nmodule.exports = Store;"],
  ['module.exports = function (redis) {…}', "module.exports = function (redis) { return { f: (id) => redis.get('a:' + id) }; };"],
  ['destructured options', "exports.make = ({ redis, prefix }) => ({ f: (id) => redis.get(`${prefix}:${id}`) });"],
  ['a request\'s', "exports.f = (req, res) => req.app.locals.redis.get('a');"],
  ['a pool\'s', "exports.f = async (pool) => { const redisConn = await pool.acquire(); return redisConn.get('a'); };"],
  ['a getter function', "exports.make = (app) => ({ f: async () => (await app.getRedisClient()).get('a') });"],
  ['a queue', "exports.f = (redis) => { const p = redis.pipeline(); p.get('a'); return p.exec(); };", ['GET pipeline name ioredis']],
  ['a chain', "exports.f = (redis) => redis.multi().incr('a').expire('a', 10).exec();", ['MULTI client name ioredis', 'INCR multi name ioredis', 'EXPIRE multi name ioredis']],
  ['JSDoc that says no more', "/** @param {*} redis */\nexports.f = (redis) => redis.get('a');"],
  ['a plain client, by a command of Redis alone', "// redis\nexports.f = (client) => client.hgetall('a');", ['HGETALL client name ioredis']],
  ['a plain client, in a file that imports a library', "const Redis = require('ioredis');\nexports.Redis = Redis;\nexports.f = (client) => client.get('a');"],
  ['the only library', "exports.f = (redis) => redis.hGetAll('a');", ['HGETALL client name node-redis'], manifest('redis')],
  ['of two libraries the one that spells it so', "exports.f = (redis) => redis.hGetAll('a');", ['HGETALL client name node-redis'], manifest('ioredis', 'redis')],
])('by its name: %s', async (_, text, expected = get, files = {}) => {
  expect(await commandsOf('use.js', text, files)).toEqual(expected);
});

it('TypeScript: any is asked by its name, too', async () => {
  expect(await commandsOf('use.ts', "export class Store {\n  constructor(private readonly redis: any) {}\n  f() { return this.redis.get('a'); }\n}")).toEqual(get);
});

it.each<[what: string, name: string, text: string, files?: Record<string, string>]>([
  ['a project without a client library', 'use.js', "exports.f = (redis) => redis.hgetall('a');", manifest('express')],
  ['a project with Upstash\'s', 'use.js', "exports.f = (redis) => redis.hgetall('a');", manifest('ioredis', '@upstash/redis')],
  ['another package\'s class', 'use.js', "const { Redis } = require('other-redis');\nconst redis = new Redis();\nexports.f = () => redis.get('a');"],
  ['another package\'s class in a field', 'use.js', "const { Redis } = require('other-redis');\nmodule.exports = class { constructor() { this.redis = new Redis(); } f() { return this.redis.get('a'); } };"],
  ['another package\'s, or one handed in', 'use.js', "const { make } = require('other-redis');\nmodule.exports = class { constructor(o) { this.redis = o.redis || make(o); } f() { return this.redis.get('a'); } };"],
  ['another package\'s instance', 'use.js', "import { redis } from 'other-redis';\nexport const f = () => redis.get('a');"],
  ['another package\'s type', 'use.ts', "import { Redis } from 'other-redis';\nexport const f = (redis: Redis) => redis.get('a');"],
  ['another package\'s type, destructured', 'use.ts', "import { Context } from 'other-redis';\nexport const f = ({ redis }: Context) => redis.get('a');"],
  ['what another package\'s factory gives', 'use.ts', "import { connect } from 'other-redis';\nexport const f = async () => { const redis = await connect(); return redis.get('a'); };"],
  ['a class of the project', 'use.js', "class Redis { get(key) { return key; } }\nconst redis = new Redis();\nexports.f = () => redis.get('a');"],
  ['a class of the project, handed in', 'use.ts', "class Redis { get(key: string) { return key; } }\nexport const f = (redis: Redis) => redis.get('a');"],
  ['a map', 'use.js', "const redis = new Map();\nexports.f = () => redis.get('a');"],
  ['a global', 'use.js', "exports.f = () => redis.get('a');"],
  ['a static method', 'use.js', "exports.f = (Redis) => Redis.get('a');"],
  ['a service of its own', 'use.js', "exports.f = (redisService, redisCache) => redisService.get('a') || redisCache.get('b');"],
  ['a plain client that may be anything', 'use.js', "// redis\nexports.f = (client, db, cache) => client.get('a') || db.get('b') || cache.hgetall('c');"],
  ['a context first', 'use.js', "exports.f = (ctx, redis) => redis.expire(ctx, 'a', 10);"],
  ['options', 'use.js', "exports.f = (redis) => redis.setex({ key: 'a', value: 'b', ex: 1 });"],
  ['a set with a number of seconds', 'use.js', "exports.f = (redis, ttl) => redis.set('a', 'b', ttl);"],
  ['too few arguments', 'use.js', "exports.f = (redis) => redis.keys();"],
  ['a method that the library does not have', 'use.js', "exports.f = (redis) => redis.hGetAll('a');"],
])('not by its name: %s', async (_, name, text, files = {}) => {
  expect(await commandsOf(name, text, files)).toEqual([]);
});

/** Rules that report, and of each finding the kinds of its fixes. */
async function findingsOf(text: string, files: Record<string, string> = one): Promise<string[]> {
  return withProject({ ...files, 'use.js': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    return findings.map((finding) => [finding.rule, ...new Set(analyzer.fixes(finding).map(({ kind }) => kind))].join(' '));
  });
}

it('is spoken of by the rules that cannot mislead alone', async () => {
  expect(rules.flatMap(({ meta: { id, confidence } }) => (confidence === 'name' ? [id] : [])).sort()).toEqual(
    ['incr-then-expire', 'keys-for-count', 'no-admin-command', 'no-command-in-loop', 'no-flush', 'no-keys', 'read-then-delete', 'set-then-expire', 'setnx-then-expire'],
  );
  expect(await findingsOf("exports.f = async (redis, id) => { redis.hgetall(`a:${id}`); await redis.set(`session:${id}`, JSON.stringify({ id })); };")).toEqual([]);
  expect(await findingsOf("exports.f = async (redis) => { await redis.flushall(); };")).toEqual(['no-flush']);
  expect(await findingsOf("exports.f = async (redis, ids) => { for (const id of ids) await redis.sadd('a', id); };")).toEqual(['no-command-in-loop suggest']);
});

it('has no fix that runs by itself, and none at all where nobody knows the library', async () => {
  const text = "exports.f = async (redis) => { await redis.set('a', 'b'); await redis.expire('a', 10); };";
  expect(await findingsOf(text)).toEqual(['set-then-expire suggest']);
  expect(await findingsOf(text, manifest('ioredis', 'redis'))).toEqual(['set-then-expire']);
});

it('tells nothing of the keys of others', async () => {
  expect(await findingsOf("const Redis = require('ioredis');\nconst redis = new Redis();\nredis.on('error', console.error);\nexports.a = async () => await redis.get('a:b');\nexports.f = async (o) => await o.redis.hset('a:b', 'c', 1);")).toEqual([]);
});

it('counts from the first letter of such a call that is typed', async () => {
  await withProject({ ...one, 'use.js': 'exports.f = async (redis) => {};\n' }, async (analyzer, root) => {
    expect((await analyzer.check()).findings).toEqual([]);
    const file = `${root}/use.js`;
    analyzer.setText(file, "exports.f = async (redis) => { await redis.flushall(); };\n");
    expect(analyzer.checkFile(file).map(({ rule }) => rule)).toEqual(['no-flush']);
    analyzer.setText(file, 'exports.f = async (redis) => {};\n');
    expect(analyzer.checkFile(file)).toEqual([]);
  });
});
