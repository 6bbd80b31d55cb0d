import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function flag(name: string): Promise<string | null> {
  // known at all?
  if (await redis.exists(`flag:${name}`)) {
    return redis.get(`flag:${name}`);
  }
  return null;
}

export async function flagOf(tenant: string, name: string) {
  const known = await redis.exists(`flags:${tenant}:${name}`);
  if (known === 0) return 'unknown';
  // as text
  const value = await redis.get(`flags:${tenant}:${name}`); // or empty
  return `${value}!`;
}

export async function parsed(key: string): Promise<unknown> {
  const known = (await redis.exists(key)) === 1;
  if (!known) {
    return undefined;
  }
  return JSON.parse((await redis.get(key)) as string);
}

export async function field(id: string, name: string) {
  const has = await redis.hexists(`user:${id}`, name);
  if (has) {
    const text = await redis.hget(`user:${id}`, name);
    return text?.length;
  }
  return -1;
}

export async function choose(key: string) {
  if (!(await redis.exists(key))) throw new Error('none');
  const value = 'mine';
  return value + 'x';
}

export async function both(key: string) {
  const known = await redis.exists(key);
  const text = await redis.get(key);
  return { known: known === 1, text };
}
