import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function counted(keys: string[]): Promise<void> {
  // a text stays as it is
  await Promise.allSettled(keys.map((key) => redis.incr(key)));
}

export async function silent(keys: string[]): Promise<void> {
  await Promise.allSettled(keys.map((key) => redis.incr(key)));
}
