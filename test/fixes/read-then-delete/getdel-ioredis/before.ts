import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function consumeResetToken(token: string): Promise<string | null> {
  const userId = await redis.get(`reset:${token}`);
  if (!userId) return null;
  // used up
  await redis.del(`reset:${token}`);
  return userId;
}

export async function take(id: string): Promise<string> {
  const challenge = await redis.get(`challenge:${id}`);
  await redis.unlink(`challenge:${id}`);
  if (challenge === null) {
    throw new Error('no challenge');
  }
  return challenge;
}
