import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

export async function counted(keys: string[]): Promise<void> {
  // a text stays as it is
  await Promise.allSettled(keys.map((key) => redis.incr(key)));
}

export async function silent(keys: string[]): Promise<void> {
  await Promise.allSettled(keys.map((key) => redis.incr(key)));
}
