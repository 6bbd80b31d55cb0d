import { Redis } from 'ioredis';

interface UserRow {
  id: number;
  email: string;
  active: boolean;
}

export const redis = new Redis(process.env.REDIS_URL ?? '');

export async function importUsers(rows: UserRow[]) {
  const batch = redis.multi();
  for (const row of rows) {
    batch.del(`user:${row.id}`).hset(`user:${row.id}`, userRowToHash(row)).expire(`user:${row.id}`, 86_400);
    batch.sadd('users', row.id);
  }
  const results = await batch.exec();
  for (const [err] of results ?? []) if (err) throw err;
}

export async function replaceUser(row: UserRow, now: number) {
  const results = await redis
    .multi()
    .del(`user:${row.id}`)
    .hset(`user:${row.id}`, userRowToHash({ ...row, updatedAt: now }))
    .sadd('users:changed', row.id)
    .exec();
  if (results?.some(([err]) => err)) throw new Error('not replaced');
}

export async function keepForEver(id: number): Promise<void> {
  await redis.persist(`user:${id}`);
}

export async function emailOf(id: number) {
  const userRow = await readUserRow(redis, `user:${id}`);
  return userRow ? userRow.email : null;
}

export async function updatedAt(id: number): Promise<number | undefined> {
  const row = await readUserRow<UserRow & { updatedAt?: number }>(redis, `user:${id}`);
  if (row) {
    return row.updatedAt;
  }
  return undefined;
}

/** The fields of a user row as its hash holds them: as text, without those that are null or undefined. */
function userRowToHash(userRow: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(userRow)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Reads a user row, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readUserRow<T = UserRow>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const userRow: Record<string, unknown> = { ...hash };
      for (const name of ['id', 'updatedAt']) if (name in hash) userRow[name] = Number(hash[name]);
      for (const name of ['active']) if (name in hash) userRow[name] = hash[name] === 'true';
      return userRow as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(userRowToHash(JSON.parse(json)));
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
