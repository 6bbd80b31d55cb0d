import RedisPool from './redis';
import type { Redis } from 'ioredis';

export type Driver = { name: string; plate: string; online: boolean };

export const driverKey = (id: string) => `driver:${id}`;

export async function saveDriver(id: string, driver: Driver) {
  await writeDriver(RedisPool.client, driverKey(id), driver);
}

/** The fields of a driver as its hash holds them: as text, without those that are null or undefined. */
function driverToHash(driver: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(driver)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a driver as a hash, in the place of whatever the key held, as SET does. */
async function writeDriver(client: Redis, key: string, driver: object): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, driverToHash(driver));
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a driver, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
export async function readDriver<T = Driver>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const driver: Record<string, unknown> = { ...hash };
      for (const name of ['online']) if (name in hash) driver[name] = hash[name] === 'true';
      return driver as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(driverToHash(JSON.parse(json)));
    if (fields.length === 0) return JSON.parse(json);
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, 1, key, json, ...fields.flat());
  }
}
