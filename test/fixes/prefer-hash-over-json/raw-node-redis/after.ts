import { createClient } from 'redis';

type Reading = { celsius: number; humidity: number; takenAt: number };

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function store(room: string, reading: Reading) {
  await writeReading(client, `reading:${room}`, reading);
}

export async function storeRaw(room: string, reading: Reading) {
  await writeReading(client, `reading:${room}`, reading);
}

/** Published as text, stored as an object. */
export async function report(room: string, reading: Reading): Promise<number> {
  const body = JSON.stringify(reading);
  await writeReading(client, `reading:${room}`, reading);
  return client.lPush('readings', body);
}

export async function reportOnly(room: string, reading: Reading): Promise<void> {
  await writeReading(client, `reading:${room}`, reading);
}

export async function humidity(room: string) {
  const reading = await readReading(client, `reading:${room}`);
  return reading ? reading.humidity : undefined;
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    hSet(key: string, fields: Record<string, string>): unknown;
    exec(): Promise<unknown>;
  };
}

/** The fields of a reading as its hash holds them: as text, without those that are null or undefined. */
function readingToHash(reading: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(reading)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a reading as a hash, in the place of whatever the key held, as SET does. */
async function writeReading(client: HashClient, key: string, reading: object): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, readingToHash(reading));
  await multi.exec();
  return 'OK';
}

/** Reads a reading, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readReading<T = Reading>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const reading: Record<string, unknown> = { ...hash };
      for (const name of ['celsius', 'humidity', 'takenAt']) if (name in hash) reading[name] = Number(hash[name]);
      return reading as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(readingToHash(JSON.parse(json)));
    if (fields.length === 0) return JSON.parse(json);
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] });
  }
}
