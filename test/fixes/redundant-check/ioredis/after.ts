import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function flag(name: string): Promise<string | null> {
  // known at all?
  const value = await redis.get(`flag:${name}`);
  if (value !== null) {
    return value;
  }
  return null;
}

export async function flagOf(tenant: string, name: string) {
  // as text
  const value = await redis.get(`flags:${tenant}:${name}`); // or empty
  if (value === null) return 'unknown';
  return `${value}!`;
}

export async function parsed(key: string): Promise<unknown> {
  const value = await redis.get(key);
  const known = value !== null;
  if (!known) {
    return undefined;
  }
  return JSON.parse(value as string);
}

export async function field(id: string, name: string) {
  const text = await redis.hget(`user:${id}`, name);
  if (text !== null) {
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
  const text = await redis.get(key);
  return { known: text !== null, text };
}
