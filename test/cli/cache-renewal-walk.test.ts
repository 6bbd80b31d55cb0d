/**
 * A long walk of random edits in files that send commands, in their callers, and in the types and keys of both: after each, a run that keeps
 * what still holds of the last one says what a run without a cache says. Files are made of pieces, each of which may be there, be another,
 * or not. Seeded, so that a failure comes again; KEYSCOPE_WALK and KEYSCOPE_STEPS ask for other seeds and for more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { randomly } from '../support/randomly.ts';
import type * as facts from '../../src/analyzer/facts/calls/file-facts.ts';
import { TestProject } from './project.ts';

const collected = vi.hoisted(() => ({ files: 0 }));
vi.mock('../../src/analyzer/facts/calls/file-facts.ts', async (original) => {
  const { fileFacts } = await original<typeof facts>();
  return {
    fileFacts: (...given: Parameters<typeof fileFacts>) => {
      collected.files++;
      return fileFacts(...given);
    },
  };
});

vi.setConfig({ testTimeout: 3_600_000 });

const seeds = (process.env['KEYSCOPE_WALK'] ?? '2,3').split(',').map(Number);
const steps = Number(process.env['KEYSCOPE_STEPS'] ?? '40');

const forms = ['{ id: string; visits: number }', '{ id: string; visits: number | null }', '{ id: string; deep: Map<string, string> }', 'any', '{ id: string }'];

/** Of each file its pieces; of each piece the texts that it may have. The first of each is there at the start. */
const pieces: Record<string, string[][]> = {
  'package.json': [['{ "dependencies": { "ioredis": "^5", "express": "^4" } }']],
  'tsconfig.json': [['{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }']],
  'src/redis.ts': [
    ["import { Redis } from 'ioredis';"],
    ['export const redis = new Redis();', "export const redis = new Redis({ keyPrefix: 'app:' });", 'export const redis = new Redis({ db: 1 });', 'export const redis = { get: String, set: (...all: string[]) => all, keys: (pattern: string) => [pattern] } as never as Redis;'],
    ['', 'export const other = new Redis();', "redis.on('error', console.error);", 'export const listener = redis.duplicate({ stringNumbers: true });'],
  ],
  'src/keys.ts': [
    ['export const key = (id: string) => `user:${id}`;', 'export const key = (id: string) => `app:${id}`;', "export const key = (id: string) => ['user', id].join(':');", 'export function key(id: string): string { return prefix + id; }'],
    ["export const prefix = 'user:';", "export const prefix = 'app:';", 'export let prefix = String(1);'],
  ],
  'src/model.ts': [forms.map((form) => `export type User = ${form};`), ['', 'export interface Other extends Array<User> {}']],
  'src/users.ts': [
    ["import { redis } from './redis';\nimport { key } from './keys';\nimport type { User } from './model';"],
    [
      'export const save = (user: User) => redis.set(key(user.id), JSON.stringify(user));',
      'export async function save(user: User) { await redis.set(key(user.id), JSON.stringify(user)); await redis.expire(key(user.id), 60); }',
      'export const save = (user: User) => user.id;',
      'export const save = async (user: User) => { await redis.sadd(key(user.id), user.id); };',
    ],
    [
      'export async function load(id: string): Promise<User | undefined> {\n  const text = await redis.get(key(id));\n  return text ? (JSON.parse(text) as User) : undefined;\n}',
      'export async function load(id: string) {\n  return (JSON.parse((await redis.get(key(id))) ?? "{}") as User).id;\n}',
      'export const load = (id: string) => Promise.resolve(id);',
      'export async function load(ids: string[]) {\n  for (const id of ids) await redis.get(id);\n}',
    ],
    ["export const all = () => redis.keys('user:*');", "export const all = async () => (await redis.keys('user:*')).length;", "export const everything = () => redis.keys('*');", ''],
    ['', 'export default load;', 'export { save as store };', 'export class Users { get first() { return redis.get("first"); } }'],
  ],
  'src/ttl.ts': [
    ["import { redis } from './redis';"],
    ['export const expireSoon = (id: string) => redis.expire(`user:${id}`, 60);', 'export const expireSoon = (id: string) => redis.expire(id, 60);', 'export const expireSoon = (id: string) => redis.persist(id);', ''],
    ['', 'export const put = (id: string, value: string) => redis.set(id, value);', 'export const put = (id: string, value: object) => redis.set(id, JSON.stringify(value));'],
  ],
  'src/service.ts': [
    ["import * as users from './users';\nimport { expireSoon, put } from './ttl';\nimport type { User } from './model';"],
    ['export const touch = async (user: User) => { await users.save(user); await expireSoon(user.id); };', 'export const touch = async (user: User) => { await put(`user:${user.id}`, "1"); await expireSoon(`user:${user.id}`); };', 'export const touch = (user: User) => put("user:1", user as never);', 'export const touch = (user: User) => user;'],
    ['export const loadAll = async (ids: string[]) => { for (const id of ids) await users.load(id as never); };', 'export const loadAll = async (ids: string[]) => { for (const id of ids) await touchOne(id); };\nconst touchOne = (id: string) => expireSoon(id);', 'export const loadAll = (ids: string[]) => Promise.all(ids.map((id) => users.load(id as never)));', ''],
    ['', 'export const count = async () => (await users.all()).length;', 'export const load = (id: string) => users.load(id as never);'],
  ],
  'src/barrel.ts': [["export * from './service';", "export { loadAll, touch } from './service';"], ['', "export { save } from './users';", "export * from './names';"]],
  'src/names.ts': [['export const named = 1;', 'export const load = 2;', 'export const count = 3, touch = 4;']],
  'src/handler.ts': [
    ["import express from 'express';\nimport * as service from './barrel';\nimport { Redis } from 'ioredis';\nimport { all } from './users';\nexport const app = express();"],
    ["app.get('/', async (_req, res) => res.json(await all()));", "app.get('/', async (_req, res) => res.json(await service.loadAll(['a'])));", ''],
    ['', "app.get('/new', async (_req, res) => { const own = new Redis(); res.json(await own.get('a')); });", "app.get('/new', async (_req, res) => { const own = new Redis(6380); try { res.json(await own.dbsize()); } finally { await own.quit(); } });"],
    ["app.post('/', async (req, res) => { for (const user of req.body) await service.touch(user); res.end(); });", "app.post('/', async (req, res) => { for (const id of req.body) await service.load(id); res.end(); });", ''],
  ],
  'src/jobs.ts': [
    ["import load from './users';\nimport { loadAll } from './service';"],
    ['export const run = async (ids: string[]) => { for (const id of ids) await load(id as never); };', 'export const run = async (pages: string[][]) => { for (const page of pages) await loadAll(page); };', '// keyscope-disable-next-line no-command-in-loop\nexport const run = async (ids: string[]) => { for (const id of ids) await load(id as never); };', 'export const run = () => 0;'],
  ],
  'src/apart.ts': [
    ["import { redis } from './redis';"],
    ['export const visit = (day: string) => redis.smembers(`visits:${day}`).then((all) => all.length);', "export const visit = async (day: string) => (await redis.smembers('visits:' + day)).length;", "export const visit = () => redis.get('user:1');", 'export const visit = (\nredis.keys("*");'],
    ['', 'export const keep = (at: number) => redis.set("user:*", JSON.stringify({ at }));', 'export const clean = async () => { for (const one of await redis.keys("visits:*")) await redis.del(one); };'],
  ],
  // Callers of these hold no client: they are known by the search from here alone.
  'src/one.ts': [
    ["import { redis } from './redis';"],
    [
      'export default async function loadOne(id: string): Promise<string | null> { return await redis.get(`one:${id}`); }',
      'export default async function (id: string): Promise<string | null> { return await redis.get(`one:${id}`); }',
      'const loadOne = async (id: string): Promise<string | null> => await redis.get(`one:${id}`);\nexport default loadOne;',
      'export default async function loadOne(id: string): Promise<string | null> { return id; }',
    ],
  ],
  'src/defaults.ts': [["export { default } from './one';"], ["export { default as byName } from './one';", 'export const byName = String;']],
  'src/loop.ts': [
    ["import fetchIt from './one';", "import fetchIt from './defaults';", "import { byName as fetchIt } from './defaults';"],
    ['export const ref = fetchIt;', ''],
    ['export async function each(ids: string[]) { for (const id of ids) await Promise.resolve(id); }', 'export async function each(ids: string[]) { for (const id of ids) await fetchIt(id); }', 'export async function each(ids: string[]) { for (const id of ids) await inner(id); }\nconst inner = (id: string) => fetchIt(id);'],
  ],
  'src/store.ts': [
    ["import { redis } from './redis';"],
    [
      'export async function put(id: string, value: unknown): Promise<void> {\n  await redis.set(`user:${id}`, JSON.stringify(value));\n  await redis.sadd("all", id);\n}',
      'export default async function put(id: string, value: unknown): Promise<void> {\n  await redis.set(`user:${id}`, JSON.stringify(value));\n  await redis.sadd("all", id);\n}\nexport { put };',
      'export async function put(id: string, value: unknown): Promise<void> {\n  await redis.set(`user:${id}`, String(value));\n  await redis.sadd("all", id);\n}',
    ],
    ['export const visitOf = async (id: string): Promise<string | null> => await redis.get(`visit:${id}`);', ''],
  ],
  'src/put-user.ts': [["import { put } from './store';\nimport type { User } from './model';"], ['export const putUser = (user: User) => put(user.id, user);', 'export const putUser = (user: User) => user;', 'export const putUser = (user: { id: string; age: number }) => put(user.id, user);']],
  'src/visits.ts': [["import { visitOf } from './store';"], ["export const first = async (ids: string[]) => [ids, await visitOf('')];", 'export const first = async (ids: string[]) => { for (const id of ids) await visitOf(id); };', 'export const first = visitOf;']],
  // A container hands its client out: known by the token alone, from one file to the other.
  'src/tokens.ts': [["export const REDIS = Symbol('REDIS');", "export const REDIS = 'R';"]],
  'src/app.module.ts': [
    ["import { Module } from '@nestjs/common';\nimport { Redis } from 'ioredis';\nimport { REDIS } from './tokens';"],
    ["const options = { keyPrefix: 'shop:' };", 'const options = { db: 2 };', 'const options = {};'],
    ['const provider = { provide: REDIS, useFactory: () => new Redis(options) };', "const provider = { provide: 'R', useFactory: () => new Redis(options) };", "const provider = { provide: REDIS, useFactory: () => { const made = new Redis(options); made.on('error', console.error); return made; } };", "const provider = { provide: REDIS, useValue: new Redis(options) };"],
    ['@Module({ providers: [provider] })\nexport class AppModule {}', '@Module({ providers: [provider, provider] })\nexport class AppModule {}', ''],
  ],
  'src/queue.ts': [
    ["import { Inject, Injectable } from '@nestjs/common';\nimport { Redis } from 'ioredis';\nimport { REDIS } from './tokens';"],
    ['@Injectable()\nexport class Queue {\n  constructor(@Inject(REDIS) private redis: Redis) {}', "@Injectable()\nexport class Queue {\n  constructor(@Inject('R') private redis: Redis) {}", '@Injectable()\nexport class Queue {\n  constructor(private redis: Redis) {}'],
    ["  next() { return this.redis.brpop('jobs', 0); }\n}", "  next() { return this.redis.keys('job:*'); }\n}", '}'],
  ],
  'src/session.ts': [
    ["import { Inject, Injectable } from '@nestjs/common';\nimport { Redis } from 'ioredis';\nimport { REDIS } from './tokens';\n@Injectable()\nexport class Session {"],
    ["  @Inject(REDIS) private redis!: Redis;", "  @Inject('R') private redis!: Redis;", '  private redis = new Redis();'],
    ["  get(id: string) { return this.redis.get(`session:${id}`); }\n}", "  listen() { this.redis.on('error', console.error); }\n}", '}'],
  ],
  // What `this` is in functions that another file puts on its prototype, and constants of a module that is required.
  'src/constants.js': [["exports.PREFIX = 'user:';", "exports.PREFIX = 'app:';", "module.exports = { PREFIX: 'user:' };", 'exports.PREFIX = String(1);'], ['', "exports.setUp = () => { exports.PREFIX = 'b:'; };"]],
  'src/methods.js': [
    ["const names = require('./constants');"],
    ["exports.all = async function () { return this.client.keys('*'); };", 'exports.all = async function (id) { return this.client.smembers(names.PREFIX + id); };', 'exports.all = async function () { return []; };'],
    ['', 'exports.put = async function (id) { await this.client.set(names.PREFIX + id, id); await this.client.expire(names.PREFIX + id, 60); };'],
  ],
  'src/host.js': [
    ["const { Redis } = require('ioredis');"],
    ['function Host() { this.client = new Redis(); }', "function Host() { this.client = new Redis({ keyPrefix: 'app:' }); }", 'function Host() { this.client = new Map(); }'],
    ["Object.assign(Host.prototype, require('./methods'));\nmodule.exports = Host;", "const methods = require('./methods');\nHost.prototype.all = methods.all;\nmodule.exports = new Host();", 'module.exports = Host;'],
  ],
  'src/plain.ts': [['export const one = 1;', 'export const one = 2;', "export const load = 'users';", "declare global { interface Array<T> { load(id: string): T } }\nexport const one = [1];"]],
  'test/users.test.ts': [["import { all, save } from '../src/users';"], ["export const clean = async () => { for (const id of await all()) await save({ id } as never); };", 'export const clean = all;', "// keyscope-disable\nexport const clean = () => [all, save];"]],
};

/** Files that come and go, with what they say. */
const extra: Record<string, string> = {
  'src/late.ts': "import { redis } from './redis';\nexport const late = async (ids: string[]) => { for (const id of ids) await redis.get(`user:${id}`); };\n",
  'src/users/index.ts': 'export const load = (id: string) => id, save = load, all = () => [""];\nexport default load;\n',
  'keyscope.config.json': '{ "rules": { "no-keys": "off" }, "overrides": [{ "files": ["src/apart.ts"], "rules": { "range-for-count": "hint" } }] }',
};

it.each(seeds)('walk %i', async (seed) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyscope-cache-'));
  vi.stubEnv('KEYSCOPE_CACHE', folder);
  const project = new TestProject({});
  const any = randomly(seed);
  const names = Object.keys(pieces);
  const chosen = new Map(names.map((file) => [file, (pieces[file] ?? []).map(() => 0)]));
  const write = (file: string, above: number): void => project.write({ [file]: `${'\n'.repeat(above)}${(pieces[file] ?? []).map((texts, index) => texts[chosen.get(file)?.[index] ?? 0]).join('\n')}\n` });
  for (const file of names) write(file, 0);
  const log: string[] = [];
  const edit = (): void => {
    const file = names[any(names.length)] ?? '';
    const choices = chosen.get(file) ?? [];
    const index = any(choices.length);
    if (any(5) > 0) choices[index] = any(pieces[file]?.[index]?.length ?? 0);
    const above = any(3);
    write(file, above);
    log.push(`${file} ${choices.join('')} ${above}`);
  };
  const comeOrGo = (): void => {
    const name = Object.keys(extra)[any(Object.keys(extra).length)] ?? '';
    const comes = any(2) === 0;
    rmSync(path.join(project.root, name), { force: true });
    if (comes) project.write({ [name]: extra[name] ?? '' });
    log.push(`${name} ${comes}`);
  };
  const count = async (args: string[]): Promise<{ code: number | undefined; out: string; err: string; files: number }> => {
    const before = collected.files;
    const { code, out, err } = await project.run(args);
    return { code, err, out: out.replace(/"(programFiles|ms|peakRssMb)": \d+/g, ''), files: collected.files - before };
  };
  let renewed = 0;
  try {
    for (let step = 0; step < steps; step++) {
      for (let changes = any(6) === 0 ? 2 : 1; changes > 0; changes--) edit();
      if (any(25) === 0) comeOrGo();
      const args = ['check', '--format', 'json', ...(any(20) === 0 ? ['--include-tests'] : [])];
      const { files, ...cached } = await count(args);
      const { files: all, ...fresh } = await count([...args, '--no-cache']);
      expect(cached, log.join('\n')).toEqual(fresh);
      if (files > 0 && files < all) renewed++;
    }
  } finally {
    project.remove();
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  }
  // How many depends on the seed: some edits reach all files, others none.
  expect(renewed).toBeGreaterThan(steps / 6);
});
