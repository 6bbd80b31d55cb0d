import { describe, expect, it } from 'vitest';
import { linesOf, withProject } from '../../support/analyze.ts';

const head = "import Redis, { Cluster } from 'ioredis';\nimport { createClient, createClientPool } from 'redis';\nimport { RedisStore } from 'connect-redis';\n";
const reports = (body: string | Record<string, string>): Promise<string[]> => linesOf('missing-error-listener', typeof body === 'string' ? head + body : body);

describe('reports', () => {
  it.each([
    ['a pool, whose clients pass their errors on', 'export const pool = createClientPool();', 'createClientPool()'],
    ['one used on the spot', "export const ping = async () => (await createClient().connect()).ping();", 'createClient()'],
    ['one whose listener is for something else', "const r = new Redis();\nr.on('ready', () => undefined).once('connect', () => undefined);", 'new Redis()'],
    ['each of two branches', 'export const r: Redis | Cluster = process.env.C ? new Cluster([]) : new Redis();', 'new Redis()'],
    ['what a factory makes that no caller listens to', 'const open = (db: number) => new Redis({ db });\nconst a = open(1);\nconst b = open(2);\nvoid a.ping(), b.ping();', 'new Redis({ db })'],
    ['one that is kept by a getter', "let r: Redis | undefined;\nexport function get(): Redis {\n  if (!r) r = new Redis();\n  return r;\n}\nexport const ping = () => get().ping();", 'new Redis()'],
    ['one that a store of sessions is given', 'const client = createClient();\nexport const store = new RedisStore({ client });', 'const client = createClient()'],
    ['those that a Redlock is given in a list', "import { Redlock } from '@sesamecare-oss/redlock';\nclass Locks {\n  pub: Redis;\n  locks: Redlock;\n  constructor(redis?: Redis) {\n    this.pub = redis ? redis.duplicate() : new Redis();\n    this.locks = new Redlock([this.pub], { retryCount: 0 });\n  }\n}\nexport { Locks };", 'this.pub = redis ? redis.duplicate()'],
  ])('%s', async (_, body, line) => {
    expect(await reports(body)).toContainEqual(expect.stringContaining(line));
  });

  it('an export of CommonJS that another file listens to by another name only', async () => {
    const lines = await reports({
      'redis.js': "const Redis = require('ioredis');\nconst main = new Redis();\nconst jobs = new Redis({ db: 1 });\nmodule.exports = { main, queue: jobs };",
      'main.js': "const { main } = require('./redis');\nmain.on('error', console.error);",
    });
    expect(lines).toEqual(['const jobs = new Redis({ db: 1 });']);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a memoised client that its callers listen to', "let r: Redis | undefined;\nconst get = () => (r ??= new Redis());\nget().on('error', console.error);"],
    ['a class that listens to what it is given', "class Store {\n  constructor(private readonly r: Redis) {\n    this.r.on('error', console.error);\n  }\n}\nexport const s = new Store(new Redis());\nconst r = new Redis();\nexport const t = new Store(r);"],
    ['a helper that gives it back', "const listen = (r: Redis) => r.on('error', console.error);\nexport const r = listen(new Redis());"],
    ['an event whose name is not known', "const r = new Redis();\nfor (const event of ['error', 'end']) r.on(event as 'error', console.error);"],
    ['one in a list or an object', 'export const all = [new Redis(), new Redis()];\nexport const named = { main: new Redis() };\nconst r = new Redis();\nall.push(r);'],
    ['one given to another package in a list', "import { Locks } from '@acme/locks';\nconst r = new Redis();\nexport const locks = new Locks([r]);"],
    ['one given to another package', "import { listenTo } from '@acme/redis';\nconst r = new Redis();\nlistenTo(r);"],
    ['a provider that nobody is seen to call', "export const provider = { provide: 'REDIS', useFactory: () => new Redis() };"],
    ['other emitters and clients', "import { createClient as supabase } from '@supabase/supabase-js';\nimport { EventEmitter } from 'node:events';\nexport const s = supabase('a', 'b');\nexport const e = new EventEmitter();"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('writes the listener in the style of the file', async () => {
  const text = 'import Redis from "ioredis"\r\n\r\nclass Cache {\r\n\tprivate readonly redis = new Redis({ host: "redis.internal.example.com", port: 6379, connectTimeout: 2_000 })\r\n}\r\nexport const cache = new Cache()\r\n';
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings;
    const [fix] = finding ? analyzer.fixes(finding) : [];
    expect(fix?.edits.map((edit) => edit.text)).toEqual(['\r\n\t\t.on("error", (error) => console.error(error))']);
  });
});
