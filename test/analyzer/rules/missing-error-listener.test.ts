import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
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
    ['one that a class keeps', 'class Cache {\n  constructor(private readonly redis: Redis) {}\n  get = (key: string) => this.redis.get(key);\n}\nconst r = new Redis();\nexport const cache = new Cache(r);', 'const r = new Redis()'],
    ['one that a class takes from its options', 'class Cache {\n  readonly #redis: Redis;\n  constructor({ redis }: { redis: Redis }) {\n    this.#redis = redis;\n  }\n  get = (key: string) => this.#redis.get(key);\n}\nexport const cache = new Cache({ redis: new Redis() });', 'new Redis()'],
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
    ['a class that hands it out', 'export class Cache {\n  constructor(private readonly redis: Redis) {}\n  client(): Redis {\n    return this.redis;\n  }\n}\nconst r = new Redis();\nexport const cache = new Cache(r);'],
    ['a class that gives it to the one which it extends', "import { Base } from '@acme/cache';\nclass Cache extends Base {\n  constructor(redis: Redis) {\n    super(redis);\n  }\n}\nexport const cache = new Cache(new Redis());"],
    ['a helper that gives it back', "const listen = (r: Redis) => r.on('error', console.error);\nexport const r = listen(new Redis());"],
    ['an event whose name is not known', "const r = new Redis();\nfor (const event of ['error', 'end']) r.on(event as 'error', console.error);"],
    ['one in a list or an object', 'export const all = [new Redis(), new Redis()];\nexport const named = { main: new Redis() };\nconst r = new Redis();\nall.push(r);'],
    ['one given to another package in a list', "import { Locks } from '@acme/locks';\nconst r = new Redis();\nexport const locks = new Locks([r]);"],
    ['one given to another package', "import { listenTo } from '@acme/redis';\nconst r = new Redis();\nlistenTo(r);"],
    ['a provider that nobody is seen to call', "export const provider = { provide: 'REDIS', useFactory: () => new Redis() };"],
    ['a function that gives it, and is given away', 'export function driver() {\n  let client: Redis | undefined;\n  const getClient = () => (client ??= new Redis());\n  return { getInstance: getClient, get: (key: string) => getClient().get(key) };\n}'],
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

describe('in what holds it', () => {
  const untyped = "const { createClient } = require('redis');\nconst { promisify } = require('util');\n";

  it.each([
    ['members of an object that an object keeps', 'class Hub {\n  constructor() {\n    this.c = { pub: createClient(), sub: createClient() };\n  }\n  say(m) {\n    return this.c.pub.publish(\'a\', m);\n  }\n}\nmodule.exports = Hub;', ['this.c = { pub: createClient(), sub: createClient() };', 'this.c = { pub: createClient(), sub: createClient() };']],
    ['a member that is added later', "class Hub {\n  constructor() {\n    this.c = {};\n    this.c.pub = createClient();\n  }\n  say(m) {\n    return this.c.pub.publish('a', m);\n  }\n}\nmodule.exports = Hub;", ['this.c.pub = createClient();']],
    ['one of a record', "const pool = {};\nexports.get = (k) => {\n  if (!pool[k]) pool[k] = createClient();\n  return pool[k].get(k);\n};", ['if (!pool[k]) pool[k] = createClient();']],
    ['one of a map of objects', "const open = new Map();\nfunction make(n) {\n  const client = createClient();\n  open.set(n, { client, at: 1 });\n}\nexports.read = (n) => open.get(n).client.get('a');\nexports.end = () => {\n  for (const { client } of open.values()) client.quit();\n  open.forEach(({ client }) => client.quit());\n  open.clear();\n};\nexports.make = (n) => make(n);", ['const client = createClient();']],
    ['one whose methods are applied to itself', "class Store {\n  constructor() {\n    this._redis = createClient();\n  }\n  get() {\n    return this._redis.get.apply(this._redis, arguments);\n  }\n  set(...args) {\n    return this._redis.set.call(this._redis, ...args);\n  }\n  send(name, args) {\n    const method = this._redis[name];\n    return method.apply(this._redis, args);\n  }\n}\nmodule.exports = Store;", ['this._redis = createClient();']],
    ['one whose methods are promisified', "const client = createClient();\nexports.get = promisify(client.get).bind(client);\nexports.set = client.set.bind(client);", ['const client = createClient();']],
    ['one that is asked by the name of a command', "const client = createClient();\nexports.ask = (name, ...args) => client[name](...args);", ['const client = createClient();']],
    ['one that a promise hands out', "const open = () => new Promise((resolve) => {\n  const client = createClient();\n  client.connect().then(() => resolve(client));\n});\nexports.read = async () => (await open()).get('a');\nexports.later = () => open().then((client) => client.get('b'));", ['const client = createClient();']],
    ['one that a helper is given twice', "const get = (client, k) => client.get(k);\nconst client = createClient();\nexports.a = () => get(client, 'a');\nexports.b = () => get(client, 'b');", ['const client = createClient();']],
    ['one that its own class asks for', "class Cache {\n  async open() {\n    if (this.client) return this.client;\n    this.client = createClient();\n    return this.client.connect().then(() => this.client);\n  }\n  async get(k) {\n    const client = await this.open();\n    return client.get(k);\n  }\n}\nmodule.exports = Cache;", ['this.client = createClient();']],
    ['those that connect together', "const [a, b] = [createClient(), createClient()];\nexports.start = async () => {\n  await Promise.all([a.connect(), b.connect()]);\n};", ['const [a, b] = [createClient(), createClient()];', 'const [a, b] = [createClient(), createClient()];']],
    ['one that a helper destructures', "const start = ({ client, name }) => client.set('name', name);\nexports.go = () => {\n  const client = createClient();\n  return start({ client, name: 'a' });\n};", ['const client = createClient();']],
  ])('reports %s', async (_, body, lines) => {
    expect(await reports({ 'a.js': untyped + body })).toEqual(lines);
  });

  it.each([
    ['listens to each', "const pool = {};\nexports.get = (k) => {\n  pool[k] = createClient();\n  for (const one of Object.values(pool)) one.on('error', console.error);\n};"],
    ['listens to the member', "class Hub {\n  constructor() {\n    this.c = { pub: createClient() };\n    this.c.pub.on('error', console.error);\n  }\n}\nmodule.exports = Hub;"],
    ['listens where it comes out of a map', "const open = new Map();\nexports.make = (n) => open.set(n, { client: createClient() });\nexports.watch = (n) => open.get(n).client.on('error', console.error);"],
    ['listens to what a promise brings', "const open = () => new Promise((resolve) => {\n  const client = createClient();\n  resolve(client);\n});\nopen().then((client) => client.on('error', console.error));"],
    ['listens in a method beside it', "const store = {\n  client: createClient(),\n  init() {\n    this.client.on('error', console.error);\n  },\n};\nstore.init();"],
    ['exports what holds it', 'const pool = {};\nexports.get = (k) => {\n  pool[k] = createClient();\n};\nexports.pool = pool;\nmodule.exports.all = { a: createClient() };'],
    ['hands what holds it on', "const pool = [];\nfor (const k of ['a', 'b']) pool.push(createClient());\nrequire('@acme/pool').use(pool);"],
    ['keeps it in what others made', "const app = require('express')();\napp.locals.redis = createClient();\nconst x = { app };\nx.app.locals.get('a');"],
    ['makes it into a parameter', "exports.Store = function (ns, client) {\n  if (client) this.own = client;\n  else {\n    client = createClient();\n    client.on('error', console.error);\n  }\n};"],
    ['listens by apply()', "class Store {\n  constructor() {\n    this._redis = createClient();\n  }\n  on() {\n    return this._redis.on.apply(this._redis, arguments);\n  }\n}\nmodule.exports = Store;"],
    ['applies a function of others to it', "const { listen } = require('other');\nclass Store {\n  constructor() {\n    this._redis = createClient();\n    listen.call(this._redis);\n  }\n}\nmodule.exports = Store;"],
    ['listens to another view of it', "const open = () => createClient().withTypeMapping({});\nconst c = open();\nc.on('error', console.error);"],
  ])('keeps quiet where somebody %s', async (_, body) => {
    expect(await reports({ 'a.js': untyped + body })).toEqual([]);
  });

  it('knows a listener that is added under another name in another file', async () => {
    const lines = await reports({
      'redis.js': `${untyped}const client = createClient();\nconst other = createClient();\nmodule.exports = { client, other };`,
      'main.js': "const { client } = require('./redis');\nlet pub;\nlet sub;\npub = client;\nsub = client.duplicate();\npub.on('error', console.error);\nsub.on('error', console.error);",
    });
    expect(lines).toEqual(['const other = createClient();']);
  });
});

describe('a connection that is only tried', () => {
  it.each([
    ['in a try that catches', "export async function reaches(url: string) {\n  const client = createClient({ url });\n  try {\n    await client.connect();\n    await client.ping();\n    return true;\n  } catch {\n    return false;\n  } finally {\n    if (client.isOpen) await client.quit();\n  }\n}"],
    ['by a callback', "export function check(done: (error: unknown) => void) {\n  const redis = new Redis({ lazyConnect: true });\n  redis.connect((error) => {\n    redis.disconnect();\n    done(error);\n  });\n}"],
    ['assigned later', "export async function reaches(url: string) {\n  let redis: Redis | undefined;\n  try {\n    redis = new Redis(url);\n    return (await redis.ping()) === 'PONG';\n  } catch {\n    return false;\n  } finally {\n    redis?.disconnect();\n  }\n}"],
  ])('is left alone %s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });

  const read = (body: string): string => `import { createClient } from 'redis';\nexport async function read(url: string) {\n  const client = createClient({ url });\n${body}}\n`;

  it('is told of where it is used for more, without a fix where the function hears of the failure', async () => {
    const offers = async (text: string): Promise<number[]> => withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'missing-error-listener').map((finding) => analyzer.fixes(finding).length));
    expect(await offers(read("  try {\n    await client.connect();\n    return await client.get('a');\n  } catch {\n    return null;\n  } finally {\n    client.destroy();\n  }\n"))).toEqual([0]);
    expect(await offers(read("  await client.connect();\n  return client.get('a');\n"))).toEqual([1]);
  });
});

it('speaks once of a variable that is given one of two, and listens to both', async () => {
  const text = "import Redis from 'ioredis';\nconst url = process.env.URL;\nexport const redis = url ? new Redis(url) : new Redis;\nlet other;\nif (url) other = new Redis(url);\nelse other = new Redis();\nvoid other.ping();\n";
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'missing-error-listener');
    const edits = findings.flatMap((finding) => analyzer.fixes(finding)).map((fix) => fix.edits.map((edit) => edit.text));
    const listener = ".on('error', (error) => console.error(error))";
    expect(edits[0]).toEqual([listener, `()${listener}`]);
    expect(edits[1]).toEqual([listener, listener]);
    expect(findings.length).toBe(2);
  });
});

it('listens on a line of its own where a type is wanted of the client, or not at all', async () => {
  const fixed = async (code: string): Promise<string | undefined> =>
    withProject({ 'a.ts': code }, async (analyzer) => {
      const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'missing-error-listener');
      const [fix] = finding ? analyzer.fixes(finding) : [];
      return fix && applyEdits(code, fix.edits);
    });
  expect(await fixed("import { createClient, type RedisClientType } from 'redis';\nconst a: RedisClientType = createClient();\nawait a.get('k');\n")).toBe(
    "import { createClient, type RedisClientType } from 'redis';\nconst a: RedisClientType = createClient();\na.on('error', (error) => console.error(error));\nawait a.get('k');\n",
  );
  expect(await fixed("import { createClient, type RedisClientType } from 'redis';\nclass Store { constructor(private readonly c: RedisClientType) {} get() { return this.c.get('k'); } }\nnew Store(createClient()).get();\n")).toBeUndefined();
  expect(await fixed("const Redis = require('ioredis');\nconst redis = new Redis();\nredis.get('k');\n")).toContain("new Redis().on('error', (error: Error) => console.error(error));");
});
