import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function claim(id: string) {
  const fresh = await redis.set(`claim:${id}`, 1, 'EX', 600, 'NX');
  if (!fresh) return 'again';
  return 'first';
}

export async function mark(id: string) {
  await redis.set(`mark:${id}`, 1, 'EX', 600, 'NX');
}
