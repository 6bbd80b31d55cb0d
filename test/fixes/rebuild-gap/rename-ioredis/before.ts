import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function replaceTags(post: string, tags: string[]) {
  // the old ones go
  await redis.del(`post:${post}:tags`);
  await redis.sadd(`post:${post}:tags`, ...tags);
  await redis.expire(`post:${post}:tags`, 3600); // an hour
  return redis.scard(`post:${post}:tags`);
}

async function loadPrices(): Promise<Record<string, string>> {
  return Promise.resolve({ apple: '1', pear: '2' });
}

export async function loadAll(): Promise<string> {
  const key = 'prices';
  await redis.unlink(key);
  const prices = await loadPrices();
  await redis.hset(key, prices);
  return 'done';
}
