import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function consumeResetToken(token: string): Promise<string | null> {
  // used up
  const userId = await redis.getdel(`reset:${token}`);
  if (!userId) return null;
  return userId;
}

export async function take(id: string): Promise<string> {
  const challenge = await redis.getdel(`challenge:${id}`);
  if (challenge === null) {
    throw new Error('no challenge');
  }
  return challenge;
}
