import Redis from 'ioredis';

export interface Account {
  owner: string;
  balance: number;
}

const redis = new Redis(process.env.REDIS_URL);

export async function open(id: string, owner: string) {
  await writeAccount(redis, `account:${id}`, { owner, balance: 0 }, 600);
}

export async function deposit(id: string, amount: number): Promise<number> {
  const account = (await readAccount(redis, `account:${id}`))!;
  account.balance += amount;
  await updateAccount(redis, `account:${id}`, account, ['balance'], 600);
  return account.balance;
}

/** The fields of an account as its hash holds them: as text, without those that are null or undefined. */
function accountToHash(account: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(account)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps an account as a hash, in the place of whatever the key held, as SET does. */
async function writeAccount(client: Redis.Redis, key: string, account: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, accountToHash(account));
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Changes some fields of an account, and its time to live as SET does. Where it is gone since it was read, it is written whole. */
async function updateAccount(client: Redis.Redis, key: string, account: object, changed: readonly string[], seconds: number): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(accountToHash(account))) {
    if (changed.includes(name)) multi.hset(key, { [name]: value });
    else multi.hsetnx(key, name, value);
  }
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads an account, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readAccount<T = Account>(client: Redis.Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const account: Record<string, unknown> = { ...hash };
      for (const name of ['balance']) if (name in hash) account[name] = Number(hash[name]);
      return account as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
    if (!json) continue;
    const fields = Object.entries(accountToHash(JSON.parse(json)));
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
