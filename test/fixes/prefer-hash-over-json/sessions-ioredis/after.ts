import { Redis } from 'ioredis';

export const redis = new Redis(process.env.REDIS_URL ?? '');

const SESSION_SECONDS = 3600;

export interface Session {
  id: string;
  customer: string;
  lastSeen: number;
  pages: number;
  remembered: boolean;
}

export async function createSession(id: string, customer: string): Promise<Session> {
  const session: Session = { id, customer, lastSeen: 1_700_000_000_000, pages: 0, remembered: false };
  await writeSession(redis, `session:${session.id}`, session, SESSION_SECONDS);
  return session;
}

export async function loadSession(id: string): Promise<Session | null> {
  return readSession(redis, `session:${id}`);
}

/** Called on every page view. */
export async function touchSession(id: string, now: number): Promise<boolean> {
  const session = await readSession(redis, `session:${id}`);
  if (!session) return false;
  // What was there before.
  session.lastSeen = now;
  session.pages += 1;
  await updateSession(redis, `session:${id}`, session, ['lastSeen', 'pages'], SESSION_SECONDS);
  return true;
}

/** As where it expires between the two. */
export async function touchGone(id: string, now: number): Promise<void> {
  const session = await readSession(redis, `session:${id}`);
  if (!session) return;
  session.lastSeen = now;
  await redis.del(`session:${id}`);
  await updateSession(redis, `session:${id}`, session, ['lastSeen'], SESSION_SECONDS);
}

export async function isRemembered(id: string): Promise<boolean> {
  const session = await readSession(redis, 'session:' + id);
  return session !== null && session.remembered;
}

export async function endSession(id: string): Promise<number> {
  return redis.del(`session:${id}`);
}

export const ttlOf = (id: string) => redis.exists(`session:${id}`);

/** The fields of a session as its hash holds them: as text, without those that are null or undefined. */
function sessionToHash(session: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(session)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a session as a hash, in the place of whatever the key held, as SET does. */
async function writeSession(client: Redis, key: string, session: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, sessionToHash(session));
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Changes some fields of a session, and its time to live as SET does. Where it is gone since it was read, it is written whole. */
async function updateSession(client: Redis, key: string, session: object, changed: readonly string[], seconds: number): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(sessionToHash(session))) {
    if (changed.includes(name)) multi.hset(key, { [name]: value });
    else multi.hsetnx(key, name, value);
  }
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a session, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readSession<T = Session>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const session: Record<string, unknown> = { ...hash };
      for (const name of ['lastSeen', 'pages']) if (name in hash) session[name] = Number(hash[name]);
      for (const name of ['remembered']) if (name in hash) session[name] = hash[name] === 'true';
      return session as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(sessionToHash(JSON.parse(json)));
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
