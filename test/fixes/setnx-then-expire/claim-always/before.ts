import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function claim(id: string) {
  const fresh = await redis.setnx(`claim:${id}`, 1);
  await redis.expire(`claim:${id}`, 600);
  if (!fresh) return 'again';
  return 'first';
}

export async function mark(id: string) {
  await redis.setnx(`mark:${id}`, 1);
  await redis.expire(`mark:${id}`, 600);
}
