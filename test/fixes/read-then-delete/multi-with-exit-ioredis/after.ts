import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drainDirty(): Promise<string[]> {
  // they are ours now
  const replies = await redis.multi().smembers('dirty:products').del('dirty:products').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const ids = replies?.[0]?.[1] as string[];
  if (ids.length === 0) {
    return [];
  }

  return ids.sort();
}

export async function drainCounters(): Promise<Record<string, string>> {
  const replies = await redis.multi().hgetall('counters:minute').unlink('counters:minute').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const counters = replies?.[0]?.[1] as Record<string, string>;
  if (!Object.keys(counters).length) return {};
  return { ...counters };
}
