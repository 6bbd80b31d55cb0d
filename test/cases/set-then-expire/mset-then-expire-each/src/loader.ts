import Redis from 'ioredis';

const redis = new Redis();

export async function prime(entries: Record<string, string>, ttl: number) {
  await redis.mset(entries); // expect: set-then-expire
  await Promise.all(Object.keys(entries).map((key) => redis.expire(key, ttl)));
}

export async function keep(entries: Record<string, string>, others: Record<string, string>, ttl: number) {
  await redis.mset(entries); // quiet: set-then-expire -- those that expire are others
  for (const key of Object.keys(others)) await redis.expire(key, ttl);
}
