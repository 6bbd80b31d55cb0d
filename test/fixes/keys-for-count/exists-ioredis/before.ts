import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const has = async () => (await redis.keys('session:1')).length > 0;

export async function lacks(): Promise<boolean> {
  const keys = await redis.keys('session:9');
  return keys.length === 0;
}
