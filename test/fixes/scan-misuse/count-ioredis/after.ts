import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function orders() {
  const found: string[] = [];
  for await (const keys of redis.scanStream({ match: 'order:*', count: 1000 })) found.push(...keys);
  return found;
}

export async function pages() {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', 'order:*', 'COUNT', '1000');
    cursor = next;
    keys.forEach((key) => found.add(key));
  } while (cursor !== '0');
  return [...found];
}
