import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

export async function counted(keys: string[]): Promise<void> {
  for (const key of keys) {
    try {
      await redis.incr(key);
    } catch {
      // a text stays as it is
    }
  }
}

export async function silent(keys: string[]): Promise<void> {
  for (const key of keys) {
    try {
      await redis.incr(key);
    } catch {}
  }
}
