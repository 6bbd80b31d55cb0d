import { createClient } from 'redis';

export interface Report {
  title: string;
  period: { from: string; to: string };
  ownerId: number;
}

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export class Reports {
  constructor(private readonly redis: ReturnType<typeof createClient>) {}

  async save(id: string, report: Report, seconds: number) {
    await writeReport(this.redis, `report:${id}`, report, seconds);
  }

  async load(id: string): Promise<Report | null> {
    return readReport(this.redis, `report:${id}`);
  }
}

export async function titleOf(id: string) {
  const report = await readReport(client, `report:${id}`);
  if (report === null) throw new Error(`no report ${id}`);
  const { title } = report;
  return title;
}

/** What is needed of a client with RedisJSON, whatever other modules and options it was made with. */
interface DocumentClient {
  json: { get(key: string): Promise<unknown> };
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    json: { set(key: string, path: string, value: unknown): unknown };
    expire(key: string, seconds: number): unknown;
    exec(): Promise<unknown>;
  };
}

/** Keeps a report as a document of RedisJSON, in the place of whatever the key held, as SET does. */
async function writeReport(client: DocumentClient, key: string, report: object, seconds: number): Promise<'OK'> {
  if (!(seconds > 0)) throw new RangeError(`invalid expire time: ${seconds}`);
  const multi = client.multi();
  multi.del(key);
  multi.json.set(key, '$', JSON.parse(JSON.stringify(report)));
  multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Reads a report, null where there is none. One that is still kept as text is made a document first, with its time to live. */
async function readReport<T = Report>(client: DocumentClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await client.json.get(key)) as T | null;
    } catch (error) {
      // "WRONGTYPE …", or "Existing key has wrong Redis type".
      if (attempt === 3 || !/WRONGTYPE|wrong Redis type/.test(String(error))) throw error;
    }
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' then return 0 end
      local json = redis.call('GET', KEYS[1])
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      local done = redis.pcall('JSON.SET', KEYS[1], '$', json)
      if done.err then redis.call('SET', KEYS[1], json) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return done`;
    await client.eval(script, { keys: [key], arguments: [] });
  }
}
