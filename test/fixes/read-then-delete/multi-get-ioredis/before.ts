import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function take(token: string): Promise<string | null> {
  const user = await redis.get(`reset:${token}`);
  if (!user) return null;
  await redis.del(`reset:${token}`);
  return user;
}
