import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function remember(userId: string, page: string): Promise<number> {
  await redis.lpush(`visits:${userId}`, page); // newest first
  // how many there are
  return redis.llen(`visits:${userId}`);
}

export async function appended(userId: string, page: string): Promise<number> {
  await redis.rpush(`visits:${userId}`, page);
  const visits: number = await redis.llen(`visits:${userId}`);
  return visits;
}

export async function full(userId: string, page: string) {
  await redis.rpush(`visits:${userId}`, page);
  if ((await redis.llen(`visits:${userId}`)) > 2) return 'full';
  return 'space';
}
