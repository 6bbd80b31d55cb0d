import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function clear(): Promise<number> {
  let removed = 0;
  const ids = await redis.smembers('ids');
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    removed += await redis.del(chunk.map((id) => `k:${id}`));
  }
  return removed;
}

export async function add(count: number): Promise<void> {
  const words = Array.from({ length: count }, (_, index) => `${index}`);
  for (let start = 0; start < words.length; start += 500) {
    const chunk = words.slice(start, start + 500);
    await redis.rpush('words', ...chunk);
  }
}
