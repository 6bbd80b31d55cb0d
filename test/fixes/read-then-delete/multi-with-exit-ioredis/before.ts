import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drainDirty(): Promise<string[]> {
  const ids = await redis.smembers('dirty:products');
  if (ids.length === 0) {
    return [];
  }

  // they are ours now
  await redis.del('dirty:products');
  return ids.sort();
}

export async function drainCounters(): Promise<Record<string, string>> {
  const counters = await redis.hgetall('counters:minute');
  if (!Object.keys(counters).length) return {};
  await redis.unlink('counters:minute');
  return { ...counters };
}
