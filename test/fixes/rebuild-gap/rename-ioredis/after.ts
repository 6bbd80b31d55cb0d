import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function replaceTags(post: string, tags: string[]) {
  // the old ones go
  const rebuilt = `post:${post}:tags:rebuilt:${randomUUID()}`;
  await redis.sadd(rebuilt, ...tags);
  await redis.expire(rebuilt, 3600); // an hour
  await redis.rename(rebuilt, `post:${post}:tags`);
  return redis.scard(`post:${post}:tags`);
}

async function loadPrices(): Promise<Record<string, string>> {
  return Promise.resolve({ apple: '1', pear: '2' });
}

export async function loadAll(): Promise<string> {
  const key = 'prices';
  const rebuilt = `${key}:rebuilt:${randomUUID()}`;
  const prices = await loadPrices();
  await redis.hset(rebuilt, prices);
  await redis.rename(rebuilt, key);
  return 'done';
}
