import Redis from 'ioredis';

export interface SessionRecord {
  userId: string;
  role: string;
  createdAt: number;
}

const redis = new Redis(process.env.REDIS_URL ?? '');
const HOUR = 3600;

export async function create(sid: string, record: SessionRecord) {
  return writeSessionRecord(redis, `session:${sid}`, record, HOUR * 1000);
}

export async function createShort(sid: string, record: SessionRecord) {
  await writeSessionRecord(redis, `session:${sid}`, record, 60000);
}

export const createPrecise = (sid: string, record: SessionRecord, ms: number) => writeSessionRecord(redis, `session:${sid}`, record, ms);

export async function createThenExpire(sid: string, record: SessionRecord) {
  await writeSessionRecord(redis, `session:${sid}`, record, HOUR * 1000);
  // An hour is enough.
}

export async function createForEver(sid: string, record: SessionRecord) {
  await writeSessionRecord(redis, `session:${sid}`, record);
}

export async function promote(sid: string, role: string) {
  const record = await readSessionRecord(redis, `session:${sid}`);
  if (!record) return;
  // The session never expires from here on.
  await updateSessionRecord(redis, `session:${sid}`, { ...record, role }, ['role']);
}

export async function keepForEver(sid: string): Promise<void> {
  await redis.persist(`session:${sid}`);
}

export async function roleOf(sid: string): Promise<string | null> {
  const sessionRecord = await readSessionRecord(redis, `session:${sid}`);
  return sessionRecord ? sessionRecord.role : null;
}

/** The fields of a session record as its hash holds them: as text, without those that are null or undefined. */
function sessionRecordToHash(sessionRecord: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(sessionRecord)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a session record as a hash, in the place of whatever the key held, as SET does. */
async function writeSessionRecord(client: Redis, key: string, sessionRecord: object, milliseconds?: number): Promise<'OK'> {
  if (milliseconds !== undefined && !(milliseconds > 0)) throw new RangeError(`invalid expire time: ${milliseconds}`);
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, sessionRecordToHash(sessionRecord));
  if (milliseconds !== undefined) multi.pexpire(key, milliseconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Changes some fields of a session record, which then never expires, as after SET. Where it is gone since it was read, it is written whole. */
async function updateSessionRecord(client: Redis, key: string, sessionRecord: object, changed: readonly string[]): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(sessionRecordToHash(sessionRecord))) {
    if (changed.includes(name)) multi.hset(key, { [name]: value });
    else multi.hsetnx(key, name, value);
  }
  multi.persist(key);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a session record, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readSessionRecord<T = SessionRecord>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const sessionRecord: Record<string, unknown> = { ...hash };
      for (const name of ['createdAt']) if (name in hash) sessionRecord[name] = Number(hash[name]);
      return sessionRecord as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(sessionRecordToHash(JSON.parse(json)));
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
