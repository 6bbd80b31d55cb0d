import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const total = async () => await redis.dbsize();

export async function isEmpty(): Promise<boolean> {
  const keyCount = await redis.dbsize(); // of every kind
  return keyCount === 0;
}

export async function described() {
  const nameCount = await redis.dbsize();
  return `${nameCount} keys`;
}
