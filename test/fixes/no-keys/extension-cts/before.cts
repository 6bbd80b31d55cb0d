import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function names(): Promise<string[]> {
  return redis.keys('session:*');
}
