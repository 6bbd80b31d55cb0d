import { createClient } from 'redis';

type Token = { user: string; uses: number };

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function issue(id: string, token: Token) {
  await writeToken(client, `token:${id}`, token, 90_000);
}

export async function issueUntil(id: string, token: Token, at: number) {
  await writeToken(client, `token:${id}`, token, at);
}

export async function use(id: string): Promise<number> {
  const token = await readToken(client, `token:${id}`);
  if (!token) return 0;
  token.uses -= 1;
  await updateToken(client, `token:${id}`, token, ['uses']);
  return token.uses;
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    hSet(key: string, fields: Record<string, string>): unknown;
    pExpire(key: string, milliseconds: number): unknown;
    hSetNX(key: string, field: string, value: string): unknown;
    exec(): Promise<unknown>;
  };
}

/** The fields of a token as its hash holds them: as text, without those that are null or undefined. */
function tokenToHash(token: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(token)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a token as a hash, in the place of whatever the key held, as SET does. */
async function writeToken(client: HashClient, key: string, token: object, milliseconds: number): Promise<'OK'> {
  if (!(milliseconds > 0)) throw new RangeError(`invalid expire time: ${milliseconds}`);
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, tokenToHash(token));
  multi.pExpire(key, milliseconds);
  await multi.exec();
  return 'OK';
}

/** Changes some fields of a token and leaves its time to live. Where it is gone since it was read, it is written whole. */
async function updateToken(client: HashClient, key: string, token: object, changed: readonly string[]): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(tokenToHash(token))) {
    if (changed.includes(name)) multi.hSet(key, { [name]: value });
    else multi.hSetNX(key, name, value);
  }
  await multi.exec();
  return 'OK';
}

/** Reads a token, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readToken<T = Token>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const token: Record<string, unknown> = { ...hash };
      for (const name of ['uses']) if (name in hash) token[name] = Number(hash[name]);
      return token as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(tokenToHash(JSON.parse(json)));
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
