import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function take(token: string): Promise<string | null> {
  const replies = await redis.multi().get(`reset:${token}`).del(`reset:${token}`).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const user = replies?.[0]?.[1] as string | null;
  if (!user) return null;
  return user;
}
