import { createClient } from 'redis';

export interface SessionRecord {
  userId: string;
  role: string;
  createdAt: number;
}

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function createLong(sid: string, record: SessionRecord, ttl: number) {
  await writeSessionRecord(client, `session:${sid}`, record, ttl);
}

export async function createShort(sid: string, record: SessionRecord) {
  await writeSessionRecord(client, `session:${sid}`, record, 60);
}

export function createClassic(sid: string, record: SessionRecord) {
  return writeSessionRecord(client, `session:${sid}`, record, 3600);
}

export async function roleOf(sid: string): Promise<string | undefined> {
  const sessionRecord = await readSessionRecord(client, `session:${sid}`);
  const record: SessionRecord | undefined = sessionRecord ?? undefined;
  return record?.role;
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    hSet(key: string, fields: Record<string, string>): unknown;
    expire(key: string, seconds: number): unknown;
    exec(): Promise<unknown>;
  };
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
async function writeSessionRecord(client: HashClient, key: string, sessionRecord: object, seconds: number): Promise<'OK'> {
  if (!(seconds > 0)) throw new RangeError(`invalid expire time: ${seconds}`);
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, sessionRecordToHash(sessionRecord));
  multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Reads a session record, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readSessionRecord<T = SessionRecord>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const sessionRecord: Record<string, unknown> = { ...hash };
      for (const name of ['createdAt']) if (name in hash) sessionRecord[name] = Number(hash[name]);
      return sessionRecord as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
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
    await client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] });
  }
}
