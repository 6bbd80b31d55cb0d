import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function saveRates(base: string, rates: Record<string, number>, seconds?: number) {
  await writeRate(client, `rates:${base}`, rates, seconds);
}

export async function rate(base: string, currency: string) {
  const raw = await readRate(client, `rates:${base}`);
  return raw ? raw[currency] : undefined;
}

export async function currencies(base: string): Promise<number> {
  const rate = await readRate(client, `rates:${base}`);
  if (rate === null) return -1;
  return Object.keys(rate).length;
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    hSet(key: string, fields: Record<string, string>): unknown;
    set(key: string, value: string): unknown;
    expire(key: string, seconds: number): unknown;
    exec(): Promise<unknown>;
  };
}

/** The fields of a rate as its hash holds them: as text, without those that are null or undefined. */
function rateToHash(rate: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(rate)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a rate as a hash, in the place of whatever the key held, as SET does. */
async function writeRate(client: HashClient, key: string, rate: object, seconds?: number): Promise<'OK'> {
  if (seconds !== undefined && !(seconds > 0)) throw new RangeError(`invalid expire time: ${seconds}`);
  const multi = client.multi();
  multi.del(key);
  const fields = rateToHash(rate);
  // A hash has at least one field.
  if (Object.keys(fields).length === 0) multi.set(key, '{}');
  else multi.hSet(key, fields);
  if (seconds !== undefined) multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Reads a rate, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readRate<T = Record<string, number>>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const rate: Record<string, unknown> = { ...hash };
      for (const [name, text] of Object.entries(hash)) rate[name] = Number(text);
      return rate as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(rateToHash(JSON.parse(json)));
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
