/** Where the real declarations would have the analyzer find or know something else, and it is right as it is. */
import type { KnownDifference } from './real-exceptions.ts';

const compiledImport = 'compiled to CommonJS: the import is followed through `__importDefault` by the module that our own declarations are, and the real ones are another';

/** By project, as in real-exceptions.ts; the lines are those of `findingDifferences` (test/support/real-findings.ts). */
export const knownInFindings: Readonly<Record<string, readonly KnownDifference[]>> = {
  'cache-manager-ioredis-yet': [
    {
      why: compiledImport,
      lines: [
        'invented cluster-keyspace published/index.js:119:26',
        'invented cluster-keyspace published/index.js:121:42',
        'invented no-flush published/index.js:119:26',
        'invented no-keys published/index.js:121:42',
        'invented unchecked-pipeline published/index.js:83:29',
      ],
    },
  ],
  'examples/shop': [
    {
      why: "express's own types say that `req.ip` may be undefined (of a connection that is gone), and the analyzer reads nobody's types but the clients'",
      lines: ['missed stringified-undefined storefront/rate-limit.ts:11:30', 'missed stringified-undefined storefront/rate-limit.ts:12:33'],
    },
  ],
  'test/cases': [
    {
      why: '`require` in TypeScript is any to the compiler, and what the module is to us',
      lines: ['invented missing-error-listener no-keys/required-in-typescript/sessions.ts:4:19', 'invented no-keys no-keys/required-in-typescript/sessions.ts:7:39'],
    },
    {
      why: "the types of express and koa say that an address or a header may be undefined, and the analyzer reads nobody's types but the clients'",
      lines: [
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:11:17',
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:19:28',
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:20:15',
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:27:28',
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:28:15',
        'missed stringified-undefined incr-then-expire/rate-limit-middleware/src/rate-limit.ts:9:28',
        'missed stringified-undefined repeated-read/hot-key-in-a-request-path/src/server.ts:17:29',
        'missed stringified-undefined setnx-then-expire/webhook-dedupe-express/src/webhooks.ts:10:30',
        'missed stringified-undefined setnx-then-expire/webhook-dedupe-express/src/webhooks.ts:11:16',
        'missed stringified-undefined tainted-key/untyped-koa/app.js:16:28',
      ],
    },
    {
      why: "the project adds `redis` to fastify's own types, and the analyzer reads nobody's types but the clients': `app` is any to it",
      lines: ['missed unbounded-read no-client-per-request/fastify-plugin-and-hook/src/plugin.ts:25:45'],
    },
    {
      why: 'the streams of ioredis are of any to their real types, ours know the batch of keys for a list: it need not be copied into one',
      lines: ['no-command-in-loop scan-batch-shape/stream-batch-as-key/src/sweep.ts:14:48 fix pipeline-chunks: for (let start = 0; start < keys.length; start += 500) { is const items = [...keys];'],
    },
  ],
};

export const knownInFacts: Readonly<Record<string, readonly KnownDifference[]>> = {
  'cache-manager-ioredis-yet': [
    {
      why: compiledImport,
      lines: [
        'invented @construct published/index.js:113:33',
        'invented @construct published/index.js:114:25',
        'invented @exec published/index.js:83:29',
        'invented DEL published/index.js:96:30',
        'invented DEL published/index.js:99:30',
        'invented FLUSHDB published/index.js:119:26',
        'invented GET published/index.js:59:42',
        'invented KEYS published/index.js:121:42',
        'invented MGET published/index.js:93:14',
        'invented MSET published/index.js:86:34',
        'invented MULTI published/index.js:77:42',
        'invented PTTL published/index.js:101:40',
        'invented SET published/index.js:70:34',
        'invented SET published/index.js:72:34',
        'invented SET published/index.js:81:27',
      ],
    },
  ],
  'test/cases': [
    {
      why: '`require` in TypeScript is any to the compiler, and what the module is to us',
      lines: ['invented @construct no-keys/required-in-typescript/sessions.ts:4:19', 'invented KEYS no-keys/required-in-typescript/sessions.ts:7:39'],
    },
    {
      why: '@types/ioredis says that monitor() gives an emitter; at run time it is a Redis',
      lines: ['invented @on no-admin-command/monitor-for-tracing/trace.js:6:8'],
    },
    {
      why: "the project adds `redis` to fastify's own types, and the analyzer reads nobody's types but the clients': `app` is any to it",
      lines: ['missed SMEMBERS no-client-per-request/fastify-plugin-and-hook/src/plugin.ts:25:45'],
    },
  ],
};

export interface KnownOfClient {
  why: string;
  findings?: readonly string[];
  facts?: readonly string[];
}

const batchesOfKeys: KnownOfClient = {
  why: 'the streams of ioredis are of any to their real types, ours know the batch for a list of keys: they can all go into one DEL',
  findings: [
    'no-command-in-loop uses/streams.ts:3:132 fix pipeline-chunks: none is Send all commands in one pipeline, and check the error of each, in chunks of 500',
    'no-command-in-loop uses/streams.ts:3:132 fix pipeline: none is Send all commands in one pipeline, and check the error of each',
    'no-command-in-loop uses/streams.ts:3:132 fix variadic-chunks: Send one DEL for all items, in chunks of 500 is none',
    'no-command-in-loop uses/streams.ts:3:132 fix variadic: Send one DEL for all items is none',
  ],
};

const place = 'no-client-per-request fixes/no-client-per-request/other-options-ioredis/index.ts:39:22';
const message = "A new connection for each run of a request handler: a handshake and AUTH each time, and at load the server's maxclients; share one client.";
const partsOfAnAddress: KnownOfClient = {
  why: 'the real types are those of Node too, by which `new URL(…).hostname` is a text; to the analyzer it is any, and so it cannot tell a host from options and offers no fix',
  findings: [
    `${place} fix use-shared-client: none is Create a shared Redis client in redis-client.ts and use its client with \`{ port: Number(port), host: hostname, db: 2 }\``,
    `${place} message: ${message} No fix here: its options are put together from several arguments. is ${message}`,
    `${place} related: fixes/no-client-per-request/other-options-ioredis/index.ts:39:42 why there is no fix is `,
  ],
};

/** By library and major, as real-findings-by-client.test.ts lays them out. */
export const knownInClients: Readonly<Record<string, readonly KnownOfClient[]>> = {
  'ioredis@4': [
    batchesOfKeys,
    {
      why: '@types/ioredis has the named exports and the default import\'s members as types alone; at run time they are the classes',
      findings: [
        'invented missing-error-listener uses/a-subclass.ts:2:47',
        'invented missing-error-listener uses/default-and-named.ts:4:31',
        'invented missing-error-listener uses/destructured-require.cjs:2:15',
        'invented missing-error-listener uses/named-imports.ts:2:22',
        'invented missing-error-listener uses/namespace-import.ts:2:26',
        'invented missing-error-listener uses/require-default.js:2:15',
      ],
      facts: [
        'invented @construct uses/a-subclass.ts:2:47',
        'invented @construct uses/default-and-named.ts:4:31',
        'invented @construct uses/destructured-require.cjs:2:15',
        'invented @construct uses/named-imports.ts:2:22',
        'invented @construct uses/namespace-import.ts:2:26',
        'invented @construct uses/require-default.js:2:15',
        'invented @construct uses/utility-types.ts:3:30',
        'invented GET uses/a-subclass.ts:5:50',
      ],
    },
    {
      why: '@types/ioredis has the default import as a value alone: in the type `Redis | Cluster` it is an error, and we take it for the class that it is',
      facts: ['GET uses/a-mixin-of-clients.ts:4:31 maybeCluster: false is true'],
    },
    {
      why: '@types/ioredis has no ChainableCommander; code that is half migrated to version 5 has',
      facts: ['invented GET uses/types-of-pipelines.ts:5:67'],
    },
  ],
  'ioredis@5': [batchesOfKeys, partsOfAnAddress],
  'ioredis@6': [batchesOfKeys, partsOfAnAddress],
  'iovalkey@0': [batchesOfKeys],
  'redis@4': [
    {
      why: 'redis 4 types `v4` as a record of any; at run time it is the client with promises',
      findings: ['invented repeated-read uses/isolation-of-version-4.ts:5:12'],
      facts: ['invented GET uses/isolation-of-version-4.ts:5:12'],
    },
  ],
};
