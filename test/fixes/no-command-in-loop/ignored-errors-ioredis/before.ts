import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

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
