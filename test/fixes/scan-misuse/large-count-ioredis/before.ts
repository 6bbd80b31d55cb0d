import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function orders() {
  const found: string[] = [];
  for await (const keys of redis.scanStream({ match: 'order:*', count: 1_000_000 })) found.push(...keys);
  return found;
}
