import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const total = async () => (await redis.keys('*')).length;

export async function isEmpty(): Promise<boolean> {
  const keys = await redis.keys('*'); // of every kind
  return keys.length === 0;
}

export async function described() {
  const names = await redis.keys('*');
  return `${names.length} keys`;
}
