import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drainDirty(): Promise<string[]> {
  // all of them
  const replies = await redis.multi().smembers('dirty:products').del('dirty:products').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const ids = replies?.[0]?.[1] as string[];
  return ids.sort();
}

export async function drainMail(user: string): Promise<string[]> {
  const replies = await redis.multi().lrange(`mail:${user}`, 0, -1).del(`mail:${user}`).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const messages = replies?.[0]?.[1] as string[];
  return messages;
}

export async function drainCounters(): Promise<Record<string, string>> {
  const replies = await redis.multi().hgetall('counters:minute').unlink('counters:minute').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const counters = replies?.[0]?.[1] as Record<string, string>;
  return counters;
}
