import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

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
  await writeSession(client, `session:${session.id}`, session, SESSION_SECONDS);
  return session;
}

export async function loadSession(id: string): Promise<Session | null> {
  return readSession(client, `session:${id}`);
}

/** Called on every page view. */
export async function touchSession(id: string, now: number): Promise<boolean> {
  const session = await readSession(client, `session:${id}`);
  if (session === null) return false;
  session.lastSeen = now;
  session.pages++;
  await updateSession(client, `session:${id}`, session, ['lastSeen', 'pages'], SESSION_SECONDS);
  return true;
}

export async function remember(id: string): Promise<void> {
  const session = await readSession(client, `session:${id}`);
  if (session === null) throw new Error(`no session ${id}`);
  // The time to live stays.
  await updateSession(client, `session:${id}`, { ...session, remembered: true }, ['remembered'], 'KEEPTTL');
}

export async function customerOf(id: string) {
  const { customer, remembered } = ((await readSession(client, `session:${id}`)) ?? {}) as Partial<Session>;
  return [customer ?? 'nobody', remembered];
}

/** As where it expires between the two. */
export async function touchGone(id: string, now: number): Promise<void> {
  const session = await readSession(client, `session:${id}`);
  if (!session) return;
  session.lastSeen = now;
  await client.del(`session:${id}`);
  await updateSession(client, `session:${id}`, session, ['lastSeen'], SESSION_SECONDS);
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
    hSetNX(key: string, field: string, value: string): unknown;
    exec(): Promise<unknown>;
  };
}

/** The fields of a session as its hash holds them: as text, without those that are null or undefined. */
function sessionToHash(session: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(session)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a session as a hash, in the place of whatever the key held, as SET does. */
async function writeSession(client: HashClient, key: string, session: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, sessionToHash(session));
  multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Changes some fields of a session, and its time to live as SET does. Where it is gone since it was read, it is written whole. */
async function updateSession(client: HashClient, key: string, session: object, changed: readonly string[], seconds: number | 'KEEPTTL'): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(sessionToHash(session))) {
    if (changed.includes(name)) multi.hSet(key, { [name]: value });
    else multi.hSetNX(key, name, value);
  }
  if (seconds !== 'KEEPTTL') multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Reads a session, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readSession<T = Session>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const session: Record<string, unknown> = { ...hash };
      for (const name of ['lastSeen', 'pages']) if (name in hash) session[name] = Number(hash[name]);
      for (const name of ['remembered']) if (name in hash) session[name] = hash[name] === 'true';
      return session as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
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
    await client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] });
  }
}
