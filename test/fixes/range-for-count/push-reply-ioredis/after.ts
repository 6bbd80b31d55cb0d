import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function remember(userId: string, page: string): Promise<number> {
  // how many there are
  return redis.lpush(`visits:${userId}`, page); // newest first
}

export async function appended(userId: string, page: string): Promise<number> {
  const visits: number = await redis.rpush(`visits:${userId}`, page);
  return visits;
}

export async function full(userId: string, page: string) {
  const length = await redis.rpush(`visits:${userId}`, page);
  if (length > 2) return 'full';
  return 'space';
}
