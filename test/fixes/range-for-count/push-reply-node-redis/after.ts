import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

export async function remember(userId: string, page: string): Promise<number> {
  // how many there are
  return redis.lPush(`visits:${userId}`, page); // newest first
}

export async function appended(userId: string, page: string): Promise<number> {
  const visits: number = await redis.rPush(`visits:${userId}`, page);
  return visits;
}

export async function full(userId: string, page: string) {
  const length = await redis.rPush(`visits:${userId}`, page);
  if (length > 2) return 'full';
  return 'space';
}
