import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/analyze.ts';

const head = "import Redis, { Cluster } from 'ioredis';\nimport { createClient } from 'redis';\nimport { Queue, QueueEvents, Worker } from 'bullmq';\nimport * as bull from 'bullmq';\nconst run = async () => undefined;\n";
const reports = (body: string): Promise<string[]> => linesOf('bullmq-connection', head + body);

describe('reports', () => {
  it.each([
    ['a client that is made on the spot', "new Worker('a', run, { connection: new Redis() });"],
    ['by the name of the module', "new bull.QueueEvents('a', { connection: new Redis(6379, 'host', { maxRetriesPerRequest: 5 }) });"],
    ['options that are a constant', "const options = { connection: { host: 'a', keyPrefix: 'b:' } };\nexport const w = new Worker('a', run, options);"],
    ['a field of a class', "export class Jobs {\n  private readonly redis = new Redis();\n  start() {\n    return new Worker('a', run, { connection: this.redis });\n  }\n}"],
    ['what a function makes and listens to', "function open() {\n  const client = new Redis(process.env.URL ?? '', { lazyConnect: true });\n  client.on('error', console.error);\n  return client;\n}\nnew Worker('a', run, { connection: open() });"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a queue', "new Queue('a', { connection: new Redis() });"],
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
