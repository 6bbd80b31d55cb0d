/** Every way in which real code holds a client: the commands are found by it, and on which kind of receiver. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

/** `COMMAND receiver confidence` of every call in `use.*`, constructions and the like (`@…`) left out. */
async function commandsOf(files: Record<string, string>): Promise<string[]> {
  const { calls } = await withProject(files, (analyzer) => analyzer.calls());
  return calls.filter(({ file, command }) => /\/use\.[jt]s$/.test(file) && !command.startsWith('@')).map(({ command, receiver, confidence }) => `${command} ${receiver} ${confidence}`);
}

const typed = ['GET client type'];
const flow = ['GET client flow'];

const typescript: [how: string, use: string, others?: Record<string, string>, expected?: string[]][] = [
  ['a constant of another module', "import { redis } from './redis';\nexport const f = () => redis.get('a');", { 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();" }],
  ['a default export through a barrel', "import { cache } from './lib';\nexport const f = () => cache.get('a');", { 'lib/index.ts': "export { default as cache } from './redis';", 'lib/redis.ts': "import { Redis } from 'ioredis';\nexport default new Redis();" }],
  ['export *', "import { redis } from './lib';\nexport const f = () => redis.get('a');", { 'lib.ts': "export * from './redis';", 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();" }],
  ['a namespace', "import * as db from './redis';\nexport const f = () => db.redis.get('a');", { 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();" }],
  ['a class field', "import Redis from 'ioredis';\nexport class A {\n  private readonly redis = new Redis();\n  f() { return this.redis.get('a'); }\n}"],
  ['a private name', "import Redis from 'ioredis';\nexport class A {\n  #redis = new Redis();\n  f() { return this.#redis.get('a'); }\n}"],
  ['a static field', "import Redis from 'ioredis';\nexport class A {\n  static redis = new Redis();\n  f() { return A.redis.get('a'); }\n}"],
  ['constructor injection', "import type { Redis } from 'ioredis';\nexport class A {\n  constructor(private readonly redis: Redis) {}\n  f() { return this.redis.get('a'); }\n}"],
  ['Nest: @InjectRedis', "import { InjectRedis } from '@nestjs-modules/ioredis';\nimport Redis from 'ioredis';\nexport class A {\n  constructor(@InjectRedis() private readonly redis: Redis) {}\n  f() { return this.redis.get('a'); }\n}"],
  ['Nest: a token', "import { Inject } from '@nestjs/common';\nimport type { RedisClientType } from 'redis';\nexport class A {\n  constructor(@Inject('REDIS') private readonly redis: RedisClientType) {}\n  f() { return this.redis.get('a'); }\n}"],
  ['Nest: a provider', "import Redis from 'ioredis';\nexport const provider = { provide: Symbol('REDIS'), useFactory: async () => { const client = new Redis(); await client.get('a'); return client; } };"],
  ['a getter', "import { store } from './store';\nexport const f = () => store.client.get('a');", { 'store.ts': "import Redis from 'ioredis';\nclass Store { #c = new Redis(); get client() { return this.#c; } }\nexport const store = new Store();" }],
  ['a static getter', "import { Store } from './store';\nexport const f = () => Store.client.get('a');", { 'store.ts': "import Redis from 'ioredis';\nexport class Store { static #c = new Redis(); static get client() { return Store.#c; } }" }],
  ['a subclass', "import { AppRedis } from './app-redis';\nconst r = new AppRedis();\nexport const f = () => r.get('a');", { 'app-redis.ts': "import Redis from 'ioredis';\nexport class AppRedis extends Redis { constructor() { super({ lazyConnect: true }); } }" }],
  ['getClient()', "import { getClient } from './redis';\nexport const f = async () => (await getClient()).get('a');", { 'redis.ts': "import { createClient } from 'redis';\nconst client = createClient();\nexport async function getClient() { if (!client.isOpen) await client.connect(); return client; }" }],
  ['Redis | Cluster', "import type { Cluster, Redis } from 'ioredis';\nexport const f = (r: Redis | Cluster) => r.get('a');"],
  ['a cluster', "import type { Cluster } from 'ioredis';\nexport const f = (r: Cluster) => r.get('a');", {}, ['GET cluster type']],
  ['optional chaining', "import type Redis from 'ioredis';\nexport const f = (r?: Redis) => r?.get('a');"],
  ['a destructured method', "import { createClient } from 'redis';\nconst { get } = createClient();\nexport const f = () => get('a');"],
  ['Pick', "import type Redis from 'ioredis';\nexport const f = (r: Pick<Redis, 'get'>) => r.get('a');"],
  ['an interface that extends one', "import type { Redis } from 'ioredis';\ninterface Mine extends Redis { more: string }\nexport const f = (r: Mine) => r.get('a');"],
  ['an intersection', "import type { Redis } from 'ioredis';\nexport const f = (r: Redis & { more: string }) => r.get('a');"],
  ['a generic', "import type Redis from 'ioredis';\nexport const f = <T extends Redis>(r: T) => r.get('a');"],
  ['ReturnType<typeof createClient>', "import { createClient } from 'redis';\nexport type Client = ReturnType<typeof createClient>;\nexport const f = (r: Client) => r.get('a');"],
  ['Awaited<ReturnType<…>>', "import { createClient } from 'redis';\nconst make = async () => createClient().connect();\nexport const f = (r: Awaited<ReturnType<typeof make>>) => r.get('a');"],
  ['a pool', "import { createClientPool } from 'redis';\nconst pool = createClientPool();\nexport const f = () => pool.get('a');", {}, ['GET pool type']],
  ['a pool\'s client', "import { createClientPool } from 'redis';\nconst pool = createClientPool();\nexport const f = () => pool.execute((client) => client.get('a'));"],
  ['a pipeline', "import type Redis from 'ioredis';\nexport const f = (r: Redis) => r.pipeline().get('a').exec();", {}, ['GET pipeline type']],
  ['a multi chain', "import { createClient } from 'redis';\nconst c = createClient();\nexport const f = () => c.multi().get('a').exec();", {}, ['MULTI client type', 'GET multi type']],
  ['a pipeline handed on', "import type { ChainableCommander } from 'ioredis';\nexport const f = (p: ChainableCommander) => { p.get('a'); };", {}, ['GET pipeline type']],
  ['globalThis.redis', "import Redis from 'ioredis';\ndeclare global { var redis: Redis | undefined; }\nconst client = globalThis.redis ?? new Redis();\nglobalThis.redis = client;\nexport const f = () => globalThis.redis!.get('a');"],
  ['a cast global', "import Redis from 'ioredis';\nconst g = globalThis as unknown as { redis?: Redis };\nexport const redis = g.redis ?? (g.redis = new Redis());\nexport const f = () => redis.get('a');"],
  ['a dictionary of clients', "import Redis from 'ioredis';\nconst clients: Record<string, Redis> = {};\nexport const f = (n: string) => clients[n]!.get('a');"],
  ['a Map of clients', "import Redis from 'ioredis';\nconst clients = new Map<string, Redis>();\nexport const f = (n: string) => clients.get(n)?.get('a');"],
  ['duplicate()', "import Redis from 'ioredis';\nconst sub = new Redis().duplicate();\nexport const f = () => sub.get('a');"],
  ['call', "import type Redis from 'ioredis';\nexport const f = (r: Redis) => r.call('GET', 'a');"],
  ['sendCommand', "import { createClient } from 'redis';\nconst c = createClient();\nexport const f = () => c.sendCommand(['GET', 'a']);"],
  ['UPPERCASE', "import { createClient } from 'redis';\nconst c = createClient();\nexport const f = () => c.GET('a');"],
  ['a context object', "import type { Redis } from 'ioredis';\ninterface Context { redis: Redis }\nexport const f = (_: unknown, args: { id: string }, { redis }: Context) => redis.get(args.id);"],
  ['a for…of over clients', "import Redis from 'ioredis';\nconst nodes = [new Redis()];\nexport const f = async () => { for (const node of nodes) await node.get('a'); };"],
  ['Cluster nodes', "import type { Cluster } from 'ioredis';\nexport const f = (c: Cluster) => Promise.all(c.nodes('master').map((node) => node.get('a')));"],
  ['a conditional', "import Redis, { Cluster } from 'ioredis';\nconst r = process.env.CLUSTER ? new Cluster([]) : new Redis();\nexport const f = () => r.get('a');"],
  ['an assigned let', "import Redis from 'ioredis';\nlet r: Redis | undefined;\nexport const f = () => { r ??= new Redis(); return r.get('a'); };"],
  ['a factory with options', "import { make } from './make';\nconst r = make({ db: 1 });\nexport const f = () => r.get('a');", { 'make.ts': "import Redis, { type RedisOptions } from 'ioredis';\nexport const make = (o: RedisOptions) => new Redis(o);" }],
  ['@redis/client', "import { createClient } from '@redis/client';\nconst r = createClient();\nexport const f = () => r.get('a');", { 'package.json': '{ "dependencies": { "@redis/client": "^5" } }' }],
  ['iovalkey', "import Redis from 'iovalkey';\nconst r = new Redis();\nexport const f = () => r.get('a');", { 'package.json': '{ "dependencies": { "iovalkey": "^0.3" } }' }],
  ['Fastify', "import Fastify from 'fastify';\nimport fastifyRedis from '@fastify/redis';\nimport type { Redis } from 'ioredis';\ndeclare module 'fastify' { interface FastifyInstance { redis: Redis } }\nexport const f = (r: Redis) => r.get('a');"],
  ['satisfies and as', "import Redis from 'ioredis';\nconst r = (new Redis() satisfies Redis) as Redis;\nexport const f = () => r.get('a');"],
  ['withTypeMapping', "import { createClient } from 'redis';\nconst c = createClient().withTypeMapping({});\nexport const f = () => c.get('a');"],
  ['an abstract base', "import { Base } from './base';\nexport class A extends Base { f() { return this.redis.get('a'); } }", { 'base.ts': "import type Redis from 'ioredis';\nexport abstract class Base { protected constructor(protected readonly redis: Redis) {} }" }],
  ['a default that may be the module', "import RedisModule from 'ioredis';\nconst Redis = (RedisModule as any).default ?? RedisModule;\nexport class A {\n  private client: any = null;\n  connect() { this.client = new Redis(); }\n  private get(): any { if (!this.client) throw new Error(); return this.client; }\n  f() { const client = this.get(); return client.get('a'); }\n}", {}, ['GET client flow']],
  ['require', "const Redis = require('ioredis');\nconst redis = new Redis();\nexport const f = () => redis.get('a');"],
  ['require().default', "const Redis = require('ioredis').default;\nconst redis = new Redis();\nexport const f = () => redis.get('a');"],
  ['a destructured require', "const { createClient } = require('redis');\nconst client = createClient();\nexport const f = () => client.get('a');"],
  ['a factory of what is required', "const client = require('redis').createClient();\nexport const f = () => client.get('a');"],
  ['require, beside a declared function', "declare function require(name: string): any;\nconst Redis = require('ioredis');\nexport class A {\n  private redis = new Redis();\n  f() { return this.redis.get('a'); }\n}"],
  ['a required module', "const { redis } = require('./redis');\nexport const f = () => redis.get('a');", { 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();" }],
  ['a required default', "const redis = require('./redis').default;\nexport const f = () => redis.get('a');", { 'redis.ts': "import Redis from 'ioredis';\nexport default new Redis();" }],
  ['import = require()', "import Redis = require('ioredis');\nconst redis = new Redis();\nexport const f = () => redis.get('a');"],
  ['await import()', "export const f = async () => { const { default: Redis } = await import('ioredis'); return new Redis().get('a'); };"],
  ['(await import()).default', "export const f = async () => { const Redis = (await import('ioredis')).default; const redis = new Redis(); return redis.get('a'); };"],
  ['any options that the file gives', "import Redis from 'ioredis';\nclass Store {\n  private readonly db: any;\n  constructor(options: any) { this.db = options.db; }\n  f() { return this.db.get('a'); }\n}\nexport const store = new Store({ db: new Redis() });", {}, flow],
  ['import().then', "export const f = () => import('ioredis').then(({ default: Redis }) => new Redis().get('a'));"],
];

it.each(typescript)('TypeScript: %s', async (_, use, others = {}, expected = typed) => {
  expect(await commandsOf({ 'use.ts': use, ...others })).toEqual(expected);
});

const javascript: typeof typescript = [
  ['require', "const Redis = require('ioredis');\nconst redis = new Redis();\nexports.f = () => redis.get('a');", {}, typed],
  ['require().default', "const Redis = require('ioredis').default;\nconst redis = new Redis();\nexports.f = () => redis.get('a');", {}, typed],
  ['a destructured require', "const { createClient } = require('redis');\nconst client = createClient();\nexports.f = () => client.get('a');", {}, typed],
  ['module.exports', "const redis = require('./redis');\nexports.f = () => redis.get('a');", { 'redis.js': "const Redis = require('ioredis');\nmodule.exports = new Redis();" }, typed],
  ['module.exports = { redis }', "const { redis } = require('./redis');\nexports.f = () => redis.get('a');", { 'redis.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = { redis };" }, typed],
  ['exports.redis =', "const db = require('./redis');\nexports.f = () => db.redis.get('a');", { 'redis.js': "const Redis = require('ioredis');\nexports.redis = new Redis();" }, typed],
  ['a prototype', "const Redis = require('ioredis');\nfunction Store() { this.redis = new Redis(); }\nStore.prototype.f = function () { return this.redis.get('a'); };\nmodule.exports = Store;", {}, typed],
  ['a class', "const Redis = require('ioredis');\nmodule.exports = class { constructor() { this.redis = new Redis(); } f() { return this.redis.get('a'); } };", {}, typed],
  ['assigned later', "const Redis = require('ioredis');\nlet redis;\nexports.connect = () => { redis = new Redis(); };\nexports.f = () => redis.get('a');"],
  ['a parameter passed by the only caller', "const Redis = require('ioredis');\nconst f = (client) => client.get('a');\nmodule.exports = () => f(new Redis());"],
  ['options.client || new Redis()', "const Redis = require('ioredis');\nclass Store { constructor(options) { this.client = options.client || new Redis(); } f() { return this.client.get('a'); } }\nmodule.exports = Store;"],
  ['JSDoc', "/** @param {import('ioredis').Redis} redis */\nexports.f = (redis) => redis.get('a');", {}, typed],
  ['app.locals', "const Redis = require('ioredis');\nconst app = require('express')();\napp.locals.redis = new Redis();\napp.get('/', (req, res) => app.locals.redis.get('a'));"],
  ['promisify', "const { promisify } = require('util');\nconst client = require('redis').createClient();\nconst getAsync = promisify(client.get).bind(client);\nexports.f = () => getAsync('a');", { 'package.json': '{ "dependencies": { "redis": "^3" } }' }, typed],
  ['a callback', "const client = require('redis').createClient();\nexports.f = (done) => client.get('a', (err, value) => done(err, value));", { 'package.json': '{ "dependencies": { "redis": "^3" } }' }, typed],
  ['await import()', "let redis;\nexports.f = async () => { const { default: Redis } = await import('ioredis'); redis = redis || new Redis(); return redis.get('a'); };"],
  ['a branch that takes the client handed in', "const Redis = require('ioredis');\nclass Store { constructor(options) { if (options.client) this.client = options.client; else this.client = new Redis(); } f() { return this.client.get('a'); } }\nmodule.exports = Store;"],
  ['a default handed in or made', "const redis = require('redis');\nmodule.exports = (options) => {\n  const client = options.client || redis.createClient();\n  return { f: () => client.get('a') };\n};"],
  ['a queue of an untyped client', "const Redis = require('ioredis');\nlet client;\nexports.connect = () => { client = new Redis(); };\nexports.f = () => { const p = client.pipeline(); p.get('a'); return p.exec(); };", {}, ['GET pipeline flow']],
  ['a chain on an untyped client', "const Redis = require('ioredis');\nlet client;\nexports.connect = () => { client = new Redis(); };\nexports.f = () => client.multi().get('a').set('a', 'b').exec();", {}, ['MULTI client flow', 'GET multi flow', 'SET multi flow']],
  ['a method that returns the field', "const Redis = require('ioredis');\nclass Store { constructor(o) { this.c = o.client ? o.client : new Redis(o); } client() { return this.c; } f() { const c = this.client(); return c.get('a'); } }\nmodule.exports = Store;"],
  ['a getter of a private field', "const Redis = require('ioredis');\nmodule.exports = class { #c; constructor(o) { this.#c = o.client ?? new Redis(o); } get client() { return this.#c; } f() { return this.client.get('a'); } };"],
  ['a constructor that the file calls', "const Redis = require('ioredis');\nclass Store { constructor(client) { this.client = client; } f() { return this.client.get('a'); } }\nmodule.exports = new Store(new Redis());"],
  ['TypeScript\'s output', "var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { \"default\": mod }; };\nconst ioredis_1 = __importDefault(require('ioredis'));\nconst redis = new ioredis_1.default();\nexports.f = () => redis.get('a');"],
  ['TypeScript\'s output with tslib', "const tslib_1 = require('tslib');\nconst ioredis_1 = tslib_1.__importDefault(require('ioredis'));\nconst redis = new ioredis_1.default();\nexports.f = () => redis.get('a');"],
  ['TypeScript\'s calls', "const redis_1 = require('redis');\nconst client = (0, redis_1.createClient)();\nexports.f = () => client.get('a');", {}, typed],
  ['esbuild\'s output', "var __toESM = (mod, isNodeMode, target) => (target = {}, copy(target, mod));\nvar import_ioredis = __toESM(require('ioredis'));\nclass A { client; constructor() { this.client = new import_ioredis.default.Cluster([]); } f() { return this.client.get('a'); } }\nmodule.exports = A;", {}, ['GET cluster flow']],
  ['Babel\'s output', "function _interopRequireDefault(e) { return e && e.__esModule ? e : { default: e }; }\nvar _redis = _interopRequireDefault(require('redis'));\nvar client = _redis.default.createClient();\nexports.f = () => client.get('a');"],
  ['Rollup\'s output', "function _interopDefault (e) { return e && e.__esModule ? e : { default: e }; }\nvar Redis = require('ioredis');\nvar Redis__default = /*#__PURE__*/_interopDefault(Redis);\nclass A { constructor(config) { this.client = config.client instanceof Redis__default.default ? config.client : new Redis__default.default(config.client); } f() { return this.client.get('a'); } }\nmodule.exports = A;"],
  ['a field that begins as null', "const Redis = require('ioredis');\nclass Store { redis = null; constructor(o) { this.options = o; } open() { this.redis = this.options.redis ? this.options.redis : new Redis(); } f() { if (!this.redis) throw new Error(); return this.redis.get('a'); } }\nmodule.exports = Store;"],
  ['a queue of a client handed in or made', "const Redis = require('ioredis');\nfunction _interopDefault (e) { return e && e.__esModule ? e : { default: e }; }\nvar Redis__default = _interopDefault(Redis);\nclass A { constructor(o) { this.client = o.client instanceof Redis__default.default ? o.client : new Redis__default.default(o); } f() { const p = this.client.pipeline(); p.get('a'); return p.exec(); } }\nmodule.exports = A;", {}, ['GET pipeline flow']],
  ['CoffeeScript\'s output', "(function() {\n  var redis, c;\n  redis = require('redis');\n  c = redis.createClient(6379, 'h');\n  exports.f = function() { return c.get('a'); };\n}).call(this);"],
  ['a constructor declared apart from its import', "let Redis;\nRedis = require('ioredis');\nconst r = new Redis();\nexports.f = () => r.get('a');", {}, typed],
  ['a factory declared apart from its import', "var createClient, c;\ncreateClient = require('redis').createClient;\nc = createClient();\nexports.f = () => c.get('a');"],
  ['a module that may be missing', "let Redis = null;\ntry { Redis = require('ioredis'); } catch { Redis = undefined; }\nlet r;\nexports.open = () => { r = new Redis(); };\nexports.f = () => r.get('a');"],
  ['a factory that is handed out and kept', "const db = require('./redis');\nconst client = db.createClient();\nexports.f = () => client.get('a');", { 'redis.js': "const redis = require('redis');\nconst createClient = exports.createClient = () => redis.createClient();\nexports.other = createClient;" }, typed],
  ['a factory behind a factory', "const db = require('./redis');\nexports.make = () => db.make({});\nconst client = exports.make();\nexports.f = () => client.get('a');", { 'redis.js': "const redis = require('redis');\nexports.make = (options) => { const client = redis.createClient(options); return client; };" }, typed],
  ['a factory that is made by another', "const db = require('./redis');\nfunction Job() { this.client = db.client(); }\nJob.prototype.f = function () { return this.client.get('a'); };\nmodule.exports = Job;", { 'redis.js': "const redis = require('redis');\nexports.configure = (options) => {\n  exports.createClient = () => {\n    const make = options.make || exports.make;\n    const client = make(options);\n    client.on('error', console.error);\n    return client;\n  };\n};\nexports.make = (options) => { const client = options.socket ? redis.createClient(options.socket) : redis.createClient(); return client; };\nexports.client = () => exports._client || (exports._client = exports.createClient());" }],
  ['an ES5 constructor that the file calls', "const Redis = require('ioredis');\nfunction Store(db) { this.db = db; }\nStore.prototype.f = function () { return this.db.get('a'); };\nmodule.exports = new Store(new Redis());"],
  ['an ES5 constructor with options', "const redis = require('redis');\nmodule.exports = new Store({ prefix: 'a', db: redis.createClient() });\nfunction Store(options) {\n  if (!(this instanceof Store)) return new Store(options);\n  this.db = options.db;\n}\nStore.prototype.f = function () { return this.db.get('a'); };"],
  ['a class with options', "const Redis = require('ioredis');\nclass Store { constructor({ db, prefix }) { this.db = db; this.prefix = prefix; } f() { return this.db.get('a'); } }\nconst options = { db: new Redis(), prefix: 'a' };\nmodule.exports = [new Store(options), new Store({ db: new Redis() })];"],
  ['options that are kept', "const Redis = require('ioredis');\nclass Store { constructor(options) { this.options = options || {}; } f() { return this.options.db.get('a'); } }\nmodule.exports = new Store({ db: new Redis() });"],
  ['options taken apart', "const Redis = require('ioredis');\nconst make = (options) => { const { db } = options; return { f: () => db.get('a') }; };\nmodule.exports = make({ db: new Redis() });"],
  ['a class that makes another with its client', "const Redis = require('ioredis');\nclass Inner { constructor(db) { this.store = db; } f() { return this.store.get('a'); } }\nmodule.exports = class { constructor() { this.db = new Redis(); this.inner = new Inner(this.db); } };"],
  ...([
    ['util.inherits', "require('util').inherits(Store, Base);"],
    ['Object.create', 'Store.prototype = Object.create(Base.prototype);'],
    ['an instance as prototype', 'Store.prototype = new Base();'],
    ['Object.setPrototypeOf', 'Object.setPrototypeOf(Store.prototype, Base.prototype);'],
  ].map(([how = '', inherits = '']): (typeof javascript)[number] => [
    `a field of another file's constructor: ${how}`,
    `const Base = require('./base');\nfunction Store() { Base.call(this); }\n${inherits}\nStore.prototype.f = function () { return this.db.get('a'); };\nmodule.exports = Store;`,
    { 'base.js': "const Redis = require('ioredis');\nfunction Base() { this.db = new Redis(); }\nmodule.exports = Base;" },
  ])),
];

it.each(javascript)('JavaScript: %s', async (_, use, others = {}, expected = flow) => {
  expect((await commandsOf({ 'use.js': use, ...others })).map((one) => one)).toEqual(expected);
});

const client = "const Redis = require('ioredis');\n";
const store = 'function Store() { this.db = new Redis(); }\n';
const load = "module.exports = function () { return this.db.get('a'); };";

it.each<[how: string, use: string, host: string, expected?: string[]]>([
  ['a method', load, `${client}${store}Store.prototype.load = require('./use');\nmodule.exports = Store;`],
  ['a method by its name', load, `${client}const load = require('./use');\n${store}Store.prototype.load = load;\nmodule.exports = Store;`],
  ['Object.assign', "exports.load = function () { return this.db.get('a'); };", `${client}${store}Object.assign(Store.prototype, require('./use'));\nmodule.exports = Store;`],
  ['Object.assign of a name, to a class', "module.exports = { load() { return this.db.get('a'); } };", `${client}const methods = require('./use');\nclass Store { db = new Redis(); }\nObject.assign(Store.prototype, methods);\nmodule.exports = Store;`],
  ['a function that is given the constructor', "module.exports = function (Store) { Store.prototype.load = function () { return this.db.get('a'); }; };", `${client}${store}require('./use')(Store);\nmodule.exports = Store;`],
  ['what the host has no client in', load, `${client}exports.redis = new Redis();\nfunction Store() { this.db = new Map(); }\nStore.prototype.load = require('./use');\nexports.Store = Store;`, []],
  ['what the host uses otherwise', load, `${client}${store}Store.prototype.name = 'a';\nexports.Store = Store;\nexports.load = require('./use');`, []],
  ['a class of its own', "exports.Mine = class { constructor() { this.db = new Map(); } f() { return this.db.get('a'); } };", `${client}${store}Object.assign(Store.prototype, require('./use'));\nmodule.exports = Store;`, []],
])('JavaScript: what another file puts on a prototype: %s', async (_, use, host, expected = flow) => {
  expect(await commandsOf({ 'use.js': use, 'store.js': host })).toEqual(expected);
});

it('JavaScript: what two files put on prototypes is a client where both have one', async () => {
  const host = `${client}${store}Store.prototype.load = require('./use');\nmodule.exports = Store;`;
  expect(await commandsOf({ 'use.js': load, 'a.js': host, 'b.js': host })).toEqual(flow);
  expect(await commandsOf({ 'use.js': load, 'a.js': host, 'b.js': host.replace('new Redis()', 'new Map()') })).toEqual([]);
});

it('JavaScript: an edit that puts functions of another file on a prototype counts at once, and so does its end', async () => {
  const use = "exports.all = async function () { return this.db.keys('*'); };";
  const apart = `${client}${store}module.exports = Store;`;
  const host = `${client}${store}Object.assign(Store.prototype, require('./use'));\nmodule.exports = Store;`;
  await withProject({ 'use.js': use, 'store.js': apart }, async (analyzer, root) => {
    const keys = (): boolean => analyzer.checkFile(`${root}/use.js`).some(({ rule }) => rule === 'no-keys');
    await analyzer.check();
    expect(keys()).toBe(false);
    analyzer.setText(`${root}/store.js`, host);
    expect(keys()).toBe(true);
    analyzer.setText(`${root}/store.js`, apart);
    expect(keys()).toBe(false);
  });
});

const others: typeof typescript = [
  ['a variable of the same name in another function', "const Redis = require('ioredis');\nexports.a = () => { let client; client = new Redis(); return client; };\nexports.b = () => { let client; client = require('other-database').connect(); return client.get('a'); };"],
  ['a field that is given something else too', "const Redis = require('ioredis');\nconst { connect } = require('other-database');\nclass Store { constructor(o) { if (o.redis) this.client = new Redis(); else this.client = connect(o); } f() { return this.client.get('a'); } }\nmodule.exports = Store;"],
  ['another package behind an import helper', "function _interopRequireDefault(e) { return e && e.__esModule ? e : { default: e }; }\nconst ioredis = require('ioredis');\nvar _other = _interopRequireDefault(require('other-database'));\nvar client = _other.default.createClient(ioredis);\nexports.f = () => client.get('a');"],
  ['what is made by a module that may be another', "let Redis;\ntry { Redis = require('ioredis'); } catch { Redis = require('other-database'); }\nlet r;\nr = new Redis();\nexports.f = () => r.get('a');"],
  ['a required other package', "const { createClient } = require('other-database');\nconst ioredis = require('ioredis');\nconst client = createClient(ioredis);\nexports.f = () => client.get('a');"],
  ['what a factory makes that may be another', "const ioredis = require('ioredis');\nconst other = require('other-database');\nlet make;\nexports.open = () => { make = process.env.OTHER ? other.connect : () => new ioredis(); };\nexports.f = () => { const c = make(); return c.get('a'); };"],
  ['what a factory that is only handed in makes', "const ioredis = require('ioredis');\nexports.f = (options) => { const make = options.make; const c = make(ioredis); return c.get('a'); };"],
  ['what a constructor is given that is given something else too', "const Redis = require('ioredis');\nfunction Store(store) { this.store = store; }\nStore.prototype.f = function () { return this.store.get('a'); };\nmodule.exports = [new Store(new Redis()), new Store(new Map())];"],
  ['options with something else too', "const Redis = require('ioredis');\nfunction Store(options) { this.store = options.store; }\nStore.prototype.f = function () { return this.store.get('a'); };\nmodule.exports = [new Store({ store: new Redis() }), new Store({ store: new Map() })];"],
  ['options that nobody knows all of', "const Redis = require('ioredis');\nfunction Store(options) { this.store = options.store; }\nStore.prototype.f = function () { return this.store.get('a'); };\nexports.make = (other) => [new Store({ store: new Redis() }), new Store({ ...other })];"],
  ['a field that another constructor has', "const Redis = require('ioredis');\nfunction Other() { this.store = new Redis(); }\nfunction Base() { this.store = new Map(); }\nfunction Store() {}\nrequire('util').inherits(Store, Base);\nStore.prototype.f = function () { return this.store.get('a'); };\nmodule.exports = [Other, Store];"],
  ['a field of its own beside the one it inherits', "const Base = require('./base');\nfunction Store() { this.db = require('other-database').connect(); }\nrequire('util').inherits(Store, Base);\nStore.prototype.f = function () { return this.db.get('a'); };\nmodule.exports = Store;", { 'base.js': "const Redis = require('ioredis');\nmodule.exports = function Base() { this.db = new Redis(); };" }],
];

it.each(others)('is not taken for a client: %s', async (_, use, files = {}) => {
  expect(await commandsOf({ 'use.js': use, ...files })).toEqual([]);
});

const open: [how: string, manifest: string][] = [
  ['any version', '{ "dependencies": { "redis": "*" } }'],
  ['an empty version', '{ "dependencies": { "redis": "" } }'],
  ['the latest', '{ "dependencies": { "redis": "latest" } }'],
  ['from version 2 on', '{ "dependencies": { "redis": ">=2.8.0" } }'],
  ['no dependency', '{}'],
];

it.each(open)('knows what only version 3 of node-redis spells so: %s', async (_, manifest) => {
  const use = `var redis = require('redis');
var r = redis.createClient(6379, 'h');
r.setnx('lock:x', 1, done);
r.del('k', done);
r.multi().zadd('z', 1, 'm').expire('z', 60).exec(done);
r.batch().hgetall('h').exec(done);
const read = require('util').promisify(r.lrange).bind(r);
read('l', 0, 9);
`;
  const { calls } = await withProject({ 'use.js': use, 'package.json': manifest }, (analyzer) => analyzer.calls());
  const found = calls.filter(({ command }) => !command.startsWith('@')).map(({ command, receiver, major }) => `${command} ${receiver} ${major}`);
  expect(found).toEqual(['SETNX client 3', 'DEL client 3', 'MULTI client 3', 'ZADD multi 3', 'EXPIRE multi 3', 'HGETALL pipeline 3', 'LRANGE client 3']);
});

it('takes a client for one of version 3 by how its methods are spelled', async () => {
  const use = "var redis = require('redis');\nvar r = redis.createClient();\nr.smembers('k', done);\nr.del('k', done);";
  const { calls } = await withProject({ 'use.js': use, 'package.json': '{ "dependencies": { "redis": "*" } }' }, (analyzer) => analyzer.calls());
  expect(calls.map(({ command, major }) => `${command} ${major}`)).toEqual(['@construct 3', 'SMEMBERS 3', 'DEL 3']);
});

it('finds what is made by a module that a variable is given', async () => {
  const use = "var redis, c;\nredis = require('redis');\nc = redis.createClient(6379, 'h');\nc.keys('*');\nlet Redis;\ntry { Redis = require('ioredis'); } catch {}\nnew Redis();";
  const { calls } = await withProject({ 'use.js': use }, (analyzer) => analyzer.calls());
  expect(calls.map(({ command, dialect }) => `${command} ${dialect}`)).toEqual(['@construct node-redis', 'KEYS node-redis', '@construct ioredis']);
});

it('TypeScript: a function of that name that the file has is no import', async () => {
  expect(await commandsOf({ 'use.ts': "import 'ioredis';\nconst require = (name: string): any => new Map([[name, name]]);\nconst Redis = require('ioredis');\nconst redis = new Redis();\nexport const f = () => redis.get('a');" })).toEqual([]);
});

it.each([
  ['with nothing in it', 'types.d.ts', "declare module 'ioredis';\ndeclare module 'redis';"],
  ['with a body', 'types.d.ts', "declare module 'ioredis' {\n  export default class Redis { keys(p: string): any }\n}\ndeclare module 'redis' {\n  export function createClient(): any;\n}"],
  ['as Flow has it', 'flow-typed/npm/redis.js', "declare module 'ioredis' {\n  declare module.exports: any;\n}\ndeclare module 'redis' {\n  declare module.exports: any;\n}"],
])('a declaration of the library that the project brings, %s, hides no client', async (_, name, text) => {
  const use = "import Redis from 'ioredis';\nimport { createClient } from 'redis';\nexport const f = () => new Redis().get('a');\nexport const g = () => createClient().get('a');";
  expect(await commandsOf({ 'use.ts': use, [name]: text })).toEqual(['GET client type', 'GET client type']);
  expect(await commandsOf({ 'use.js': "const Redis = require('ioredis');\nmodule.exports = () => new Redis().get('a');", [name]: text })).toEqual(['GET client type']);
});

it('what a module adds to the library stays', async () => {
  const use = "import type Redis from 'ioredis';\nexport const f = (r: Redis) => r.get(r.ours());";
  expect(await commandsOf({ 'use.ts': use, 'types.d.ts': "import 'ioredis';\ndeclare module 'ioredis' {\n  interface RedisCommander { ours(): string }\n}" })).toEqual(typed);
});
