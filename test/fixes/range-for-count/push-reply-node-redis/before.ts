import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

export async function remember(userId: string, page: string): Promise<number> {
  await redis.lPush(`visits:${userId}`, page); // newest first
  // how many there are
  return redis.lLen(`visits:${userId}`);
}

export async function appended(userId: string, page: string): Promise<number> {
  await redis.rPush(`visits:${userId}`, page);
  const visits: number = await redis.lLen(`visits:${userId}`);
  return visits;
}

export async function full(userId: string, page: string) {
  await redis.rPush(`visits:${userId}`, page);
  if ((await redis.lLen(`visits:${userId}`)) > 2) return 'full';
  return 'space';
}
