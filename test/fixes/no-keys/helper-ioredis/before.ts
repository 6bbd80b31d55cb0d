import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

/** A plain function: its callers await it. */
export function findKeys(pattern: string): Promise<string[]> {
  return redis.keys(pattern);
}

export const sorted = () => redis.keys('session:*').then((keys) => keys.sort());

export async function sortedInAsync() {
  return redis.keys('session:*').then((keys) => keys.sort());
}

export async function both() {
  const [sessions, carts] = await Promise.all([redis.keys('session:*'), redis.keys('cart:*')]);
  return { sessions, carts };
}

export async function maybe(wanted: boolean) {
  return wanted ? await redis.keys('session:*') : [];
}

export async function chained() {
  return await redis.keys('session:*').then((keys) => keys.join('').length);
}

let count = 0;
const next = () => ++count;

export async function afterOthers() {
  return [next(), await redis.keys('session:*')];
}
