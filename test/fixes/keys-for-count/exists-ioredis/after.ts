import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const has = async () => (await redis.exists('session:1')) > 0;

export async function lacks(): Promise<boolean> {
  const keyCount = await redis.exists('session:9');
  return keyCount === 0;
}
