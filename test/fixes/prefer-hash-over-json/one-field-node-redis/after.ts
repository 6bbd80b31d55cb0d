import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error) => console.error(error));
await client.connect();

interface User {
  name: string;
  visits: number;
}

export async function register(id: string, user: User) {
  await writeUser(client, `user:${id}`, user);
}

/** No user ever goes away: one HSET does. */
export async function visit(id: string): Promise<number> {
  const user = await readUser(client, `user:${id}`);
  if (!user) return 0;
  user.visits++;
  await client.hSet(`user:${id}`, { visits: user.visits });
  return user.visits;
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

/** The fields of a user as its hash holds them: as text, without those that are null or undefined. */
function userToHash(user: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(user)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a user as a hash, in the place of whatever the key held, as SET does. */
async function writeUser(client: HashClient, key: string, user: object): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, userToHash(user));
  await multi.exec();
  return 'OK';
}

/** Reads a user, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readUser<T = User>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const user: Record<string, unknown> = { ...hash };
      for (const name of ['visits']) if (name in hash) user[name] = Number(hash[name]);
      return user as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(userToHash(JSON.parse(json)));
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
