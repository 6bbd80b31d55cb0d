import { Redis } from 'ioredis';

export interface Preferences {
  theme?: string;
  fontSize?: number;
  compact?: boolean;
}

class Store {
  constructor(protected readonly redis: Redis) {}

  protected key(user: string) {
    return `preferences:${user}`;
  }
}

export class PreferenceStore extends Store {
  async save(user: string, preferences: Preferences) {
    await writePreference(this.redis, this.key(user), preferences, 600);
  }

  /** An object without fields is kept as it is: a hash has at least one. */
  async load(user: string): Promise<Preferences> {
    const preference = await readPreference(this.redis, this.key(user));
    if (!preference) return { theme: 'none' };
    return preference;
  }
}

const store = new PreferenceStore(new Redis(process.env.REDIS_URL ?? ''));
export const save = (user: string, preferences: Preferences) => store.save(user, preferences);
export const load = (user: string) => store.load(user);
export const forget = async (user: string) => {
  await store.save(user, {});
  const kept = JSON.stringify(await store.load(user));
  await store.save(user, { theme: kept });
};

/** The fields of a preference as its hash holds them: as text, without those that are null or undefined. */
function preferenceToHash(preference: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(preference)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a preference as a hash, in the place of whatever the key held, as SET does. */
async function writePreference(client: Redis, key: string, preference: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  const fields = preferenceToHash(preference);
  // A hash has at least one field.
  if (Object.keys(fields).length === 0) multi.set(key, '{}');
  else multi.hset(key, fields);
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a preference, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readPreference<T = Preferences>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const preference: Record<string, unknown> = { ...hash };
      for (const name of ['fontSize']) if (name in hash) preference[name] = Number(hash[name]);
      for (const name of ['compact']) if (name in hash) preference[name] = hash[name] === 'true';
      return preference as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(preferenceToHash(JSON.parse(json)));
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
