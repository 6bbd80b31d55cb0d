import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string | Record<string, string>): Promise<string[]> => linesOf('subscribe-on-shared-client', typeof body === 'string' ? clients + body : body);
const use = "export const read = () => redis.get('a');\nexport const readAlso = () => client.get('a');\n";

describe('reports', () => {
  it.each([
    ['MONITOR of node-redis', "export const watch = () => client.monitor(console.log);"],
    ['a raw command', "export const listen = () => redis.call('SUBSCRIBE', 'a');"],
    ['what a listener for messages sends', "const sub = redis.duplicate();\nsub.on('message', () => sub.incr('messages'));\nexport const listen = () => sub.subscribe('a');"],
    ['what is sent before it has unsubscribed', "const sub = redis.duplicate();\nexport const listen = () => sub.subscribe('a');\nexport async function stop() {\n  await sub.srem('listeners', 'me');\n  await sub.unsubscribe('a');\n}"],
    ["another client's listener", "const sub = redis.duplicate();\nconst other = redis.duplicate();\nother.on('unsubscribe', () => sub.incr('ended'));\nexport const listen = () => sub.subscribe('a');"],
    ['what the same function sends afterwards', "const own = redis.duplicate();\nexport async function run() {\n  await own.subscribe('a');\n  await own.set('ready', 1);\n}"],
  ])('%s', async (_, body) => {
    expect(await reports(use + body)).toHaveLength(1);
  });

  it('with RESP3 as information, by what the library or the construction says', async () => {
    const severities = async (ioredis: string, redis: string): Promise<string[]> => withProject({
      'package.json': JSON.stringify({ dependencies: { ioredis, redis } }),
      'a.ts': `import Redis from 'ioredis';\nimport { createClient } from 'redis';\nconst a = new Redis();\nconst b = createClient();\nconst c = createClient({ RESP: 3 });\nexport const run = () => Promise.all([a.subscribe('x'), b.subscribe('x', console.log), c.subscribe('x', console.log)]);\nexport const use = () => [a.get('x'), b.get('x'), c.get('x')];`,
    }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'subscribe-on-shared-client').map(({ severity }) => severity));
    expect(await severities('^5', '^5')).toEqual(['error', 'error', 'information']);
    expect(await severities('^6', '^6')).toEqual(['information', 'information', 'information']);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['setting up before', "const sub = redis.duplicate();\nexport async function run() {\n  await sub.config('SET', 'notify-keyspace-events', 'Ex');\n  await sub.del('old');\n  await sub.subscribe('__keyevent@0__:expired');\n}"],
    ['commands after it has unsubscribed', "export async function once(r: Redis) {\n  await r.subscribe('a');\n  await r.unsubscribe('a');\n  return r.get('b');\n}"],
    ['its own listener for the end of a subscription', "const sub = redis.duplicate();\nsub.on('unsubscribe', () => sub.incr('ended'));\nsub.on('punsubscribe', async () => {\n  await sub.srem('listeners', 'me');\n});\nexport const listen = () => sub.subscribe('a');"],
    ['another function that waits for the end of it', "const sub = redis.duplicate();\nexport const listen = () => sub.subscribe('a');\nexport async function stop() {\n  await sub.unsubscribe('a');\n  await sub.srem('listeners', 'me');\n}\nexport const stopNow = () => sub.unsubscribe('a', () => void sub.del('a'));"],
    ['a cluster', "import { Cluster } from 'ioredis';\nconst c = new Cluster([]);\nexport const listen = () => c.subscribe('a');\nexport const read2 = () => c.get('a');"],
    ['two classes that inherit the field', "class Base {\n  protected readonly r = new Redis();\n}\nexport class Listener extends Base {\n  async start() {\n    await this.r.subscribe('a');\n    return this;\n  }\n}\nexport class Cache extends Base {\n  async read() {\n    return this.r.get('a');\n  }\n}"],
    ['two objects that each have one', "class Holder {\n  readonly r = new Redis();\n}\nconst [pub, sub] = [new Holder(), new Holder()];\nexport const listen = () => sub.r.subscribe('a');\nexport const send = () => pub.r.publish('a', 'b');"],
  ])('%s', async (_, body) => {
    expect(await reports(use + body)).toEqual([]);
  });
});

it('has no fix where messages are listened for in another file', async () => {
  const files = {
    'a.ts': `${clients}export { redis };\nexport const listen = () => redis.subscribe('a');\nexport const read = () => redis.get('a');`,
    'b.ts': "import { redis } from './a';\nredis.on('message', console.log);",
  };
  await withProject(files, async (analyzer) => {
    const found = (await analyzer.check()).findings.filter(({ rule }) => rule === 'subscribe-on-shared-client');
    expect(found).toHaveLength(1);
    expect(found.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});
