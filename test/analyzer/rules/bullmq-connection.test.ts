import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { linesOf, withProject } from '../../support/analyze.ts';

const head = "import Redis, { Cluster } from 'ioredis';\nimport { createClient } from 'redis';\nimport { Queue, QueueEvents, Worker } from 'bullmq';\nimport * as bull from 'bullmq';\nconst run = async () => undefined;\n";
const reports = (body: string): Promise<string[]> => linesOf('bullmq-connection', head + body);

describe('reports', () => {
  it.each([
    ['a client that is made on the spot', "new Worker('a', run, { connection: new Redis() });"],
    ['by the name of the module', "new bull.QueueEvents('a', { connection: new Redis(6379, 'host', { maxRetriesPerRequest: 5 }) });"],
    ['options that are a constant', "const options = { connection: { host: 'a', keyPrefix: 'b:' } };\nexport const w = new Worker('a', run, options);"],
    ['a field of a class', "export class Jobs {\n  private readonly redis = new Redis();\n  start() {\n    return new Worker('a', run, { connection: this.redis });\n  }\n}"],
    ['what a function makes and listens to', "function open() {\n  const client = new Redis(process.env.URL ?? '', { lazyConnect: true });\n  client.on('error', console.error);\n  return client;\n}\nnew Worker('a', run, { connection: open() });"],
    ['a queue with a prefixed client, for which BullMQ throws', "new Queue('a', { connection: new Redis({ keyPrefix: 'b:' }) });"],
    ['a queue with a prefix in plain options, whose jobs get lost', "new Queue('a', { connection: { port: 6379, keyPrefix: 'b:' } });"],
    ['a flow of a prefixed client', "const prefixed = new Redis({ keyPrefix: 'b:' });\nnew bull.FlowProducer({ connection: prefixed });"],
    ['the module of Nest', "import { BullModule } from '@nestjs/bullmq';\nexport const imports = BullModule.forRoot({ connection: { host: 'a', keyPrefix: 'b:' } });"],
    ['the module of Nest by a factory', "import { BullModule } from '@nestjs/bullmq';\nexport const imports = BullModule.forRootAsync({ useFactory: async () => ({ connection: new Redis({ keyPrefix: 'b:' }) }) });"],
    ['queues of that module, said once', "import { BullModule } from '@nestjs/bullmq';\nconst connection = { host: 'a', keyPrefix: 'b:' };\nexport const imports = BullModule.registerQueue({ name: 'a', connection }, { name: 'b', connection });"],
    ['by another name', "import { Worker as Mailer } from 'bullmq';\nnew Mailer('a', run, { connection: new Redis() });"],
    ['an address that the environment says', "const url = process.env.REDIS_URL;\nconst connection = new Redis(url);\nnew Worker('a', run, { connection });"],
    ['a limit that is a constant', "const retries = 3;\nnew Worker('a', run, { connection: new Redis({ maxRetriesPerRequest: retries }) });"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });

  it('plain options with a prefix where nothing of a client library is imported', async () => {
    const files = {
      'config.ts': "export const connection = { host: 'a', keyPrefix: 'shop:' };\n",
      'a.ts': "import { Worker } from 'bullmq';\nimport { connection } from './config';\nexport const a = new Worker('a', async () => 1, { connection });\nexport const b = new Worker('b', async () => 1, { connection: { ...connection, keyPrefix: '' } });\n",
      'b.js': "const { QueueEvents } = require('bullmq');\nmodule.exports = new QueueEvents('a', { connection: { host: 'a', keyPrefix: 'shop:' } });\n",
    };
    expect(await linesOf('bullmq-connection', files)).toEqual(["export const a = new Worker('a', async () => 1, { connection });", "module.exports = new QueueEvents('a', { connection: { host: 'a', keyPrefix: 'shop:' } });"]);
  });
});

it('a module of Nest where nothing else of BullMQ or a client is imported, and an injected client of a worker', async () => {
  const files = {
    'app.module.ts': "import { Module } from '@nestjs/common';\nimport { BullModule } from '@nestjs/bullmq';\n@Module({\n  imports: [\n    BullModule.forRoot({ connection: { host: 'a', keyPrefix: 'shop:' } }),\n  ],\n})\nexport class AppModule {}\n",
    'redis.module.ts': "import { Module } from '@nestjs/common';\nimport { Redis } from 'ioredis';\n@Module({ providers: [{ provide: 'R', useFactory: () => new Redis({ keyPrefix: 'shop:' }) }, { provide: 'S', useFactory: () => new Redis() }] })\nexport class RedisModule {}\n",
    'worker.ts': "import { Inject, Injectable } from '@nestjs/common';\nimport { Queue, Worker } from 'bullmq';\nimport { Redis } from 'ioredis';\n@Injectable()\nexport class Jobs {\n  constructor(@Inject('R') private readonly redis: Redis, @Inject('S') private readonly plain: Redis) {}\n  start() {\n    new Queue('a', { connection: this.redis });\n    new Queue('b', { connection: this.plain });\n    new Worker('b', async () => 1, { connection: this.plain });\n  }\n}\n",
  };
  expect(await linesOf('bullmq-connection', files)).toEqual(["BullModule.forRoot({ connection: { host: 'a', keyPrefix: 'shop:' } }),", "new Queue('a', { connection: this.redis });", "new Worker('b', async () => 1, { connection: this.plain });"]);
});

describe('many queues', () => {
  const queues = (connection: string, names = ['a', 'b', 'c', 'd', 'e']): string => names.map((name) => `export const ${name} = new Queue('${name}', { connection${connection} });`).join('\n');
  const severities = (body: string): Promise<string[]> =>
    withProject({ 'a.ts': head + body }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'bullmq-connection').map(({ severity, related }) => `${severity} ${related.length}`));

  it.each([
    ['by the same options', `const connection = { host: 'a' };\n${queues('')}`, 'information 4'],
    ['by options written anew', queues(": { host: 'a' }"), 'information 4'],
    ['by a client each', queues(": new Redis('a').on('error', console.error)"), 'information 4'],
    ['by what a function gives', `const open = () => new Redis();\n${queues(': open()')}`, 'information 4'],
    ['in a loop', "for (const name of ['a', 'b', 'c', 'd', 'e']) new Queue(name, { connection: { host: 'a' } });", 'information 0'],
    ['of an enumeration', "enum Names { A = 'a', B = 'b', C = 'c', D = 'd', E = 'e' }\nexport const all = Object.values(Names).map((name) => new Queue(name, { connection: { host: 'a' } }));", 'information 0'],
    ['by a function', `const make = (name: string) => new Queue(name, { connection: { host: 'a' } });\nexport const all = [make('a'), make('b'), make('c'), make('d'), make('e')];`, 'information 0'],
  ])('%s', async (_, body, expected) => {
    expect(await severities(body)).toEqual([expected]);
  });

  it.each([
    ['few', queues(": { host: 'a' }", ['a', 'b', 'c', 'd'])],
    ['on one client', `const connection = new Redis();\n${queues('')}`],
    ['on a client that a function keeps', `let kept: Redis | undefined;\nconst open = () => (kept ??= new Redis());\n${queues(': open()')}`],
    ['on servers of their own', ['a', 'b', 'c', 'd', 'e'].map((host) => `new Queue('x', { connection: { host: '${host}' } });`).join('\n')],
    ['of names that are not known', "export const make = (names: string[]) => names.map((name) => new Queue(name, { connection: { host: 'a' } }));"],
    ['workers', "const connection = { host: 'a' };\nfor (const name of ['a', 'b', 'c', 'd', 'e']) new Worker(name, run, { connection });"],
  ])('not %s', async (_, body) => {
    expect(await severities(body)).toEqual([]);
  });
});

describe('the fix', () => {
  /** The body after the fix of the first finding; undefined where there is none. */
  const fixed = (body: string): Promise<string | undefined> =>
    withProject({ 'a.ts': head + body }, async (analyzer) => {
      const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'bullmq-connection');
      const [fix] = finding ? analyzer.fixes(finding) : [];
      const text = fix && applyEdits(head + body, fix.edits);
      return text?.slice(head.length);
    });

  it.each([
    ['a client made on the spot', "new Worker('a', run, { connection: new Redis() });", "new Worker('a', run, { connection: new Redis({ maxRetriesPerRequest: null }) });"],
    ['with an address', "new Worker('a', run, { connection: new Redis(6379, 'host') });", "new Worker('a', run, { connection: new Redis(6379, 'host', { maxRetriesPerRequest: null }) });"],
    ['with options', "new Worker('a', run, { connection: new Redis({ host: 'a' }) });", "new Worker('a', run, { connection: new Redis({ host: 'a', maxRetriesPerRequest: null }) });"],
    ['with options over several lines', "new Worker('a', run, {\n  connection: new Redis({\n    host: 'a', // near\n  }),\n});", "new Worker('a', run, {\n  connection: new Redis({\n    host: 'a', // near\n    maxRetriesPerRequest: null,\n  }),\n});"],
    ['with options of others', "const base = { host: 'a' };\nnew Worker('a', run, { connection: new Redis(base) });", "const base = { host: 'a' };\nnew Worker('a', run, { connection: new Redis({ ...base, maxRetriesPerRequest: null }) });"],
    ['a duplicate', "const redis = new Redis();\nnew Worker('a', run, { connection: redis.duplicate() });", "const redis = new Redis();\nnew Worker('a', run, { connection: redis.duplicate({ maxRetriesPerRequest: null }) });"],
    ['a client of two workers', "const redis = new Redis({ maxRetriesPerRequest: 2 });\nredis.on('error', console.error);\nnew Worker('a', run, { connection: redis });\nnew QueueEvents('a', { connection: redis });", "const redis = new Redis({ maxRetriesPerRequest: null });\nredis.on('error', console.error);\nnew Worker('a', run, { connection: redis });\nnew QueueEvents('a', { connection: redis });"],
    ['a client that a queue has too', "const redis = new Redis();\nnew Queue('a', { connection: redis });\nnew Worker('a', run, { connection: redis }).on('failed', console.error);", "const redis = new Redis();\nnew Queue('a', { connection: redis });\nnew Worker('a', run, { connection: redis.duplicate({ maxRetriesPerRequest: null }) }).on('failed', console.error);"],
    ['a cast', "const redis = new Redis();\nredis.ping();\nnew Worker('a', run, { connection: redis as never });", "const redis = new Redis();\nredis.ping();\nnew Worker('a', run, { connection: redis.duplicate({ maxRetriesPerRequest: null }) as never });"],
    ['a worker that is exported', "export const connection = new Redis();\nexport const w = new Worker('a', run, { connection });", "export const connection = new Redis();\nconst workerConnection = connection.duplicate({ maxRetriesPerRequest: null });\nexport const w = new Worker('a', run, { connection: workerConnection }).on('closed', () => workerConnection.disconnect());"],
    ['a worker that is returned', "const redis = new Redis();\nredis.ping();\nexport function start() {\n  return new Worker('a', run, { connection: redis });\n}", "const redis = new Redis();\nredis.ping();\nexport function start() {\n  const workerConnection = redis.duplicate({ maxRetriesPerRequest: null });\n  return new Worker('a', run, { connection: workerConnection }).on('closed', () => workerConnection.disconnect());\n}"],
  ])('%s', async (_, before, after) => {
    expect(await fixed(before)).toBe(after);
  });

  it.each([
    ['of a prefix: where jobs wait is not known', "new Worker('a', run, { connection: { host: 'a', keyPrefix: 'b:' } });"],
    ['of options that others have, too', "const options = { connection: new Redis() };\nnew Queue('a', options);\nnew Worker('a', run, options);".replace('new Redis()', 'redis').replace('const', "const redis = new Redis();\nconst")],
    ['of what a factory makes', "function open() {\n  return new Redis();\n}\nnew Worker('a', run, { connection: open() });"],
    ['of a worker in an expression', "export const redis = new Redis();\nexport const start = () => new Worker('a', run, { connection: redis });"],
    ['of a client that may be missing', "export class A {\n  redis?: Redis = new Redis();\n  start() {\n    new Worker('a', run, { connection: this.redis });\n  }\n}"],
    ['of a limit that may be said again', "const base = { maxRetriesPerRequest: 3 };\nnew Worker('a', run, { connection: new Redis({ maxRetriesPerRequest: null, ...base }) });"],
  ])('is none %s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
    expect(await fixed(body)).toBeUndefined();
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a queue', "new Queue('a', { connection: new Redis() });"],
    ["a prefix of BullMQ's own, and a module without any", "import { BullModule } from '@nestjs/bullmq';\nnew Queue('a', { connection: { host: 'a' }, prefix: 'b' });\nexport const imports = [BullModule.forRoot({ connection: new Redis() }), BullModule.registerQueue({ name: 'a' })];"],
    ['null, given last', "const base = { maxRetriesPerRequest: 3 };\nnew Worker('a', run, { connection: new Redis({ ...base, maxRetriesPerRequest: null }) });"],
    ['options that are not known', "declare const options: import('ioredis').RedisOptions;\nnew Worker('a', run, { connection: new Redis({ ...options }) });\nexport const start = (connection: Redis) => new Worker('a', run, { connection });"],
    ['a client of node-redis, and a cluster that is told', "new Worker('a', run, { connection: createClient() });\nconst client = createClient();\nnew Worker('b', run, { connection: client });\nnew Worker('c', run, { connection: new Cluster([], { redisOptions: { maxRetriesPerRequest: null } }) });"],
    ['a prefix that is not there', "new Worker('a', run, { connection: { host: 'a', keyPrefix: '' } });"],
    ['a class that sets it', 'class Patient extends Redis {\n  constructor() {\n    super({ maxRetriesPerRequest: null });\n  }\n}\nnew Worker(\'a\', run, { connection: new Patient() });'],
    ["another package's Worker", "import { Worker as Thread } from 'node:worker_threads';\nnew Thread('a', { workerData: { connection: new Redis() } });"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
