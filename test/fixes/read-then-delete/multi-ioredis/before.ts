import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drainDirty(): Promise<string[]> {
  // all of them
  const ids = await redis.smembers('dirty:products');
  await redis.del('dirty:products');
  return ids.sort();
}

export async function drainMail(user: string): Promise<string[]> {
  const messages = await redis.lrange(`mail:${user}`, 0, -1);
  await redis.del(`mail:${user}`);
  return messages;
}

export async function drainCounters(): Promise<Record<string, string>> {
  const counters = await redis.hgetall('counters:minute');
  await redis.unlink('counters:minute');
  return counters;
}
