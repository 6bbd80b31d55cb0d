import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string | Record<string, string>): Promise<string[]> => linesOf('blocking-on-shared-client', typeof body === 'string' ? clients + body : body);
const use = "export const read = () => redis.get('a');\n";

describe('reports', () => {
  it('a heartbeat beside the loop that waits', async () => {
    const body = "export async function work() {\n  setInterval(() => void redis.set('beat', 1), 1000);\n  for (;;) {\n    await redis.blpop('q', 0);\n  }\n}";
    expect(await reports(body)).toEqual(["await redis.blpop('q', 0);"]);
  });

  it('a handler, though it sends one command after the other', async () => {
    const body = "export async function handle(req: unknown, res: unknown) {\n  await client.incr('n');\n  await client.blPop('q', 1);\n}";
    expect(await reports(body)).toEqual(["await client.blPop('q', 1);"]);
  });

  it('the call that gives the client to a helper in another file', async () => {
    const lines = await reports({
      'take.ts': "import type { Redis } from 'ioredis';\nexport async function take(from: Redis) {\n  return await from.brpop('q', 0);\n}",
      'main.ts': "import { Redis } from 'ioredis';\nimport { take } from './take';\nconst redis = new Redis();\nexport const next = () => take(redis);\nexport const size = () => redis.llen('q');",
    });
    expect(lines).toEqual(['export const next = () => take(redis);']);
  });

  it('the client of a class whose async methods TypeScript has compiled', async () => {
    const lines = await reports({
      'a.js': "import Redis from 'ioredis';\nexport class Rpc {\n  constructor() {\n    this.redis = new Redis();\n  }\n  take(k) {\n    return __awaiter(this, void 0, void 0, function* () {\n      return yield this.redis.blpop(k, 0);\n    });\n  }\n  send(k, v) {\n    return __awaiter(this, void 0, void 0, function* () {\n      yield this.redis.lpush(k, v);\n    });\n  }\n}",
    });
    expect(lines).toEqual(['return yield this.redis.blpop(k, 0);']);
  });

  it('a client by way of the function that keeps it', async () => {
    const body = "let kept: Redis | undefined;\nfunction get(): Redis {\n  if (!kept) kept = new Redis();\n  return kept;\n}\nexport const next = () => get().blpop('q', 0);\nexport async function read() {\n  const r = get();\n  return r.get('a');\n}";
    expect(await reports(body)).toEqual(["export const next = () => get().blpop('q', 0);"]);
  });

  it('a list that is waited for by XREAD in raw words', async () => {
    expect(await reports(`${use}export const wait = () => redis.call('XREAD', 'BLOCK', '0', 'STREAMS', 's', '$');`)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a worker that does one after the other', "export async function work() {\n  for (;;) {\n    const job = await redis.blpop('q', 0);\n    await Promise.all([1, 2].map((n) => redis.incr(`done:${n}:${String(job)}`)));\n  }\n}"],
    ['a consumer that acknowledges', "export const next = () => redis.xreadgroup('GROUP', 'g', 'c', 'BLOCK', 1000, 'STREAMS', 's', '>');\nexport const ack = (id: string) => redis.xack('s', 'g', id);"],
    ['MULTI, in which nothing blocks', `${use}export const take = () => redis.multi().blpop('q', 0).exec();`],
    ['a class of which there are two', "class Q {\n  private readonly r = new Redis();\n  async take() {\n    const got = await this.r.blpop('q', 0);\n    return got?.[1];\n  }\n  async size() {\n    return this.r.llen('q');\n  }\n}\nexport const [a, b] = [new Q(), new Q()];"],
    ['a wrapper that hands everything on', 'export class W {\n  constructor(private readonly r: Redis) {}\n  blpop(key: string, timeout: number) {\n    return this.r.blpop(key, timeout);\n  }\n  get(key: string) {\n    return this.r.get(key);\n  }\n}'],
    ['clients of objects that are passed around', "interface Deps {\n  r: Redis;\n}\nexport const next = ({ r }: Deps) => r.blpop('q', 0);\nexport const size = (deps: Deps) => deps.r.llen('q');"],
    ['a connection of its own each time', `${use}export async function take() {\n  const own = redis.duplicate();\n  await own.blpop('q', 1);\n  own.disconnect();\n}`],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

describe('has no fix', () => {
  it.each([
    ['for WAIT', `${use}export const sync = () => redis.wait(1, 100);`],
    ['where nobody can wait for the connection', "export const n = () => client.get('a');\nexport const take = () => client.blPop('q', 0);"],
    ['for a variable that may change', "let r = new Redis();\nexport const read = () => r.get('a');\nexport const take = () => r.blpop('q', 0);\nexport const renew = () => {\n  r = new Redis();\n};"],
  ])('%s', async (_, body) => {
    await withProject({ 'a.ts': clients + body }, async (analyzer) => {
      const found = (await analyzer.check()).findings.filter(({ rule }) => rule === 'blocking-on-shared-client');
      expect(found).toHaveLength(1);
      expect(found.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
    });
  });
});

describe('ends the new connection with the client', () => {
  it.each([
    ['that a callback closes', `${use}export async function take() {\n  await redis.blpop('q', 0);\n}\nprocess.once('SIGTERM', () => redis.quit());`],
    ['that a helper closes', `${use}export async function take() {\n  await redis.blpop('q', 0);\n}\nasync function close(one: Redis) {\n  await one.quit();\n}\nexport const stop = () => close(redis);`],
  ])('%s', async (_, body) => {
    await withProject({ 'a.ts': clients + body }, async (analyzer) => {
      const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'blocking-on-shared-client');
      const [fix] = finding ? analyzer.fixes(finding) : [];
      expect(fix?.edits.map((edit) => edit.text).join('')).toMatch(/redis\.once\(.end., \(\) => blockingRedis\.disconnect\(\)\);/);
    });
  });

  it('but not one of node-redis 3, whose event tells of each lost connection', async () => {
    const body = "const redis = require('redis');\nconst client = redis.createClient();\nexports.read = (cb) => client.get('a', cb);\nexports.take = (cb) => client.blpop('q', 0, cb);\n";
    const fixesOf = async (end: string): Promise<number> => {
      let count = 0;
      await withProject({ 'package.json': '{"dependencies":{"redis":"^3.1.0"}}', 'a.js': `${body}exports.client = client;\n`, 'b.js': `const { client } = require('./a');\nexports.stop = () => ${end};\n` }, async (analyzer) => {
        const found = (await analyzer.check()).findings.filter(({ rule }) => rule === 'blocking-on-shared-client');
        count = found.flatMap((finding) => analyzer.fixes(finding)).length;
      });
      return count;
    };
    expect(await fixesOf("client.get('b')")).toBe(1);
    expect(await fixesOf('client.quit()')).toBe(0);
  });
});

it('writes in the style of the file', async () => {
  const text = "import { redis } from './redis'\r\n\r\nexport async function take() {\r\n\treturn await redis.blpop('q', 0)\r\n}\r\n";
  await withProject({ 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();\nexport const read = () => redis.get('a');\n", 'a.ts': text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'blocking-on-shared-client');
    const [fix] = finding ? analyzer.fixes(finding) : [];
    expect(fix?.edits.map((edit) => edit.text)).toEqual(["\r\n\r\nconst blockingRedis = redis.duplicate().on('error', (error) => console.error(error))", 'blockingRedis']);
  });
});
