/** Where the analyzer says something else than the compiler over the real declarations, and is meant to. */

export interface KnownDifference {
  why: string;
  /** As `differences` (test/support/real-differences.ts) gives them. */
  lines: readonly string[];
}

/** By project: a package of the corpus, `examples/shop`, `test/cases`, `tree`. */
export const knownInProjects: Readonly<Record<string, readonly KnownDifference[]>> = {
  'test/cases': [
    {
      why: 'async functions that a compiler has made generators of are read as what they were; to the types, `this` in such a generator is any',
      lines: [
        'invented BLPOP node-redis 4 client blocking-on-shared-client/compiled-async-methods/src/client.js:16 const reply = yield this.client.blPop(queue, 0); // expect: blocking-on-shared-client',
        "invented BLPOP node-redis 4 client set-then-expire/compiled-to-generators/sessions.js:36 const job = yield this.client.blPop('jobs', 0); // expect: blocking-on-shared-client",
        'invented DEL node-redis 4 client set-then-expire/compiled-to-generators/sessions.js:42 this.client.del(`session:${id}`); // expect: floating-command',
        'invented EXPIRE node-redis 4 client set-then-expire/compiled-to-generators/sessions.js:22 yield this.client.expire(`session:${id}`, 60);',
        'invented GET node-redis 4 client set-then-expire/compiled-to-generators/sessions.js:29 found.push(yield this.client.get(`session:${id}`)); // expect: no-command-in-loop',
        'invented LPUSH node-redis 4 client blocking-on-shared-client/compiled-async-methods/src/client.js:22 yield this.client.lPush(queue, JSON.stringify(message));',
        'invented SET node-redis 4 client set-then-expire/compiled-to-generators/sessions.js:21 yield this.client.set(`session:${id}`, text); // expect: set-then-expire // quiet: floatin',
      ],
    },
    {
      why: '`require` in TypeScript is any to the compiler, and what the module is to us',
      lines: [
        'invented @construct ioredis 5 client no-keys/required-in-typescript/sessions.ts:4 const redis = new Redis(settings.url);',
        'invented KEYS ioredis 5 client no-keys/required-in-typescript/sessions.ts:7 const found: string[] = await redis.keys(`${settings.prefix}*`); // expect: no-keys',
      ],
    },
    {
      why: 'a method that clusters of node-redis 4 do not have is no command to the real declarations',
      lines: [
        "contradicted @missing node-redis 4 cluster cluster-keyspace/node-redis-4-has-no-such-methods/report.js:12 const names = await cluster.keys('session:*'); // expect: cluster-keyspace // quiet: no-ke",
        "contradicted @missing node-redis 4 cluster cluster-keyspace/node-redis-4-has-no-such-methods/report.js:17 for await (const name of cluster.scanIterator({ MATCH: 'session:*' })) await work(name); /",
        'contradicted @missing node-redis 4 cluster cluster-keyspace/node-redis-4-has-no-such-methods/report.js:21 await cluster.flushDb(); // expect: cluster-keyspace // quiet: no-flush -- nothing is sent',
        'contradicted @missing node-redis 4 cluster cluster-keyspace/node-redis-4-has-no-such-methods/report.js:7 const size = await cluster.dbSize(); // expect: cluster-keyspace',
      ],
    },
    {
      why: '@types/ioredis forgot call(), which version 4 has at run time',
      lines: [
        "invented EVAL ioredis 4 client dynamic-eval/defined-commands-are-fine/limiter.js:20 return redis.call('EVAL', `return redis.call('DEL', 'limit:${userId}')`, 0); // expect: dy",
        "invented EXPIRE ioredis 4 client no-command-in-loop/other-awaits-stay/src/mailer.js:28 await users.call('EXPIRE', `user:${id}`, 3600); // expect: no-command-in-loop",
        "invented GEOSEARCH ioredis 4 client deprecated-command/js-geo-and-pipeline/lib/nearby.js:12 return redis.call('GEOSEARCH', 'drivers', 'FROMLONLAT', lng, lat, 'BYRADIUS', 5, 'km', 'AS",
        "invented KEYS ioredis 4 client no-keys/assigned-later-in-javascript/lib/backend.js:16 const keys = await this.redis.call('keys', `${prefix}*`); // expect: no-keys",
      ],
    },
    {
      why: '@types/ioredis says that monitor() gives an emitter; at run time it is a Redis',
      lines: ["invented @on ioredis 4 client no-admin-command/monitor-for-tracing/trace.js:6 feed.on('monitor', (time, args) => onCommand(args));"],
    },
    {
      why: "the project adds `redis` to fastify's own types, and the analyzer reads nobody's types but the clients': `app` is any to it",
      lines: ["missed SMEMBERS ioredis 6 client no-client-per-request/fastify-plugin-and-hook/src/plugin.ts:25 app.get('/tenants', async () => app.redis.smembers('tenants'));"],
    },
  ],
};

/** By library and major, in the uses of test/analyzer/dialects/client-uses.ts. */
export const knownInUses: Readonly<Record<string, readonly KnownDifference[]>> = {
  'ioredis 4': [
    {
      why: "@types/ioredis has the named exports and the default import's members as types alone; at run time they are the classes",
      lines: [
        'invented @construct ioredis 4 client a-subclass.ts:2 class Store extends Redis { static #one = new Store({ db: 1 });',
        "invented @construct ioredis 4 client default-and-named.ts:4 export const b: IORedis = new Redis('redis://h', { db: 2 });",
        'invented @construct ioredis 4 client destructured-require.cjs:2 const r = new Redis();',
        "invented @construct ioredis 4 client named-imports.ts:2 export const r = new Redis(6379, 'h', { db: 1 });",
        'invented @construct ioredis 4 client namespace-import.ts:2 export const a = new lib.Redis();',
        'invented @construct ioredis 4 client namespace-import.ts:3 export const b = new lib.default();',
        'invented @construct ioredis 4 client require-default.js:2 const r = new Redis();',
        'invented @construct ioredis 4 client utility-types.ts:3 function make() { return new R();',
        "invented GET ioredis 4 client a-subclass.ts:5 } override async get(key: string) { return super.get('p:' + key);",
      ],
    },
    {
      why: '@types/ioredis has the default import as a value alone: in the type `Redis | Cluster` it is an error, and we take it for the class that it is',
      lines: [
        "invented @pipeline ioredis 4 client a-mixin-of-clients.ts:4 export const p = c.pipeline().get('a');",
        "invented GET ioredis 4 client a-mixin-of-clients.ts:3 export const keys = c.get('a');",
        "invented GET ioredis 4 queue a-mixin-of-clients.ts:4 export const p = c.pipeline().get('a');",
      ],
    },
    {
      why: '@types/ioredis has no ChainableCommander; code that is half migrated to version 5 has',
      lines: [
        "invented GET ioredis 4 queue types-of-pipelines.ts:5 export function f(q: ChainableCommander, s: Pipeline) { return [q.get('a'), s];",
      ],
    },
  ],
  'redis 4': [
    {
      why: 'redis 4 types `v4` as a record of any; at run time it is the client with promises',
      lines: [
        "invented GET node-redis 4 client isolation-of-version-4.ts:5 await c.v4.get('a');",
      ],
    },
  ],
  '@redis/client 4': [
    { why: 'as redis 4', lines: ["invented GET node-redis 4 client isolation-of-version-4.ts:5 await c.v4.get('a');"] },
    modulesOfClient(4),
  ],
  '@redis/client 5': [modulesOfClient(5)],
  '@redis/client 6': [modulesOfClient(6)],
};

function modulesOfClient(major: number): KnownDifference {
  return {
    why: '@redis/client brings no modules; with `redis` it shares our declarations, and code that names a module has given it to createClient',
    lines: [
      `invented BF.ADD node-redis ${major} client modules.ts:7 await c.bf.add('b', 'x');`,
      `invented FT.SEARCH node-redis ${major} client modules.ts:5 await c.ft.search('i', '*');`,
      `invented GET node-redis ${major} multi modules.ts:8 const m = c.multi().json.set('k', '$', 1).get('a');`,
      `invented JSON.GET node-redis ${major} client modules.ts:4 const j = await c.json.get('k');`,
      `invented JSON.SET node-redis ${major} client modules.ts:3 export async function f() { await c.json.set('k', '$', {});`,
      `invented JSON.SET node-redis ${major} multi modules.ts:8 const m = c.multi().json.set('k', '$', 1).get('a');`,
      `invented TS.ADD node-redis ${major} client modules.ts:6 await c.ts.add('t', '*', 1);`,
    ],
  };
}
