import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function claim(key: string, owner: string) {
  if ((await redis.set(key, owner, 'NX')) === 'OK') return 'claimed';
  const again = await redis.set(key, owner, 'NX');
  if (again !== null) return 'never';
  return again === null ? 'busy' : 'never';
}

export async function fill(key: string) {
  const replies = await redis.pipeline().hset(key, { a: 1 }).exec();
  for (const [error] of replies ?? []) if (error) throw error;
}
