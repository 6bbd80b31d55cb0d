import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

/** A plain function: its callers await it. */
export function findKeys(pattern: string): Promise<string[]> {
  return scanKeys(redis, pattern);
}

export const sorted = () => scanKeys(redis, 'session:*').then((keys) => keys.sort());

export async function sortedInAsync() {
  return scanKeys(redis, 'session:*').then((keys) => keys.sort());
}

export async function both() {
  const [sessions, carts] = await Promise.all([scanKeys(redis, 'session:*'), scanKeys(redis, 'cart:*')]);
  return { sessions, carts };
}

export async function maybe(wanted: boolean) {
  return wanted ? await scanKeys(redis, 'session:*') : [];
}

export async function chained() {
  return await scanKeys(redis, 'session:*').then((keys) => keys.join('').length);
}

let count = 0;
const next = () => ++count;

export async function afterOthers() {
  return [next(), await scanKeys(redis, 'session:*')];
}

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys(
  client: { scanIterator(options: { MATCH: string; COUNT: number }): AsyncIterable<string[]> },
  pattern: string,
): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  return [...found];
}
