import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function claim(key: string, owner: string) {
  if ((await redis.setnx(key, owner)) === 1) return 'claimed';
  const again = await redis.setnx(key, owner);
  if (again !== 0) return 'never';
  return again === 0 ? 'busy' : 'never';
}

export async function fill(key: string) {
  const replies = await redis.pipeline().hmset(key, { a: 1 }).exec();
  for (const [error] of replies ?? []) if (error) throw error;
}
