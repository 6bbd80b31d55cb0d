import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function clear(): Promise<number> {
  let removed = 0;
  for (const id of await redis.smembers('ids')) {
    removed += await redis.del(`k:${id}`);
  }
  return removed;
}

export async function add(count: number): Promise<void> {
  const words = Array.from({ length: count }, (_, index) => `${index}`);
  for (const word of words) await redis.rpush('words', word);
}
