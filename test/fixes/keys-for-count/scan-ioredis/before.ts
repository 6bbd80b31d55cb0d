import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions() {
  const keys = await redis.keys('session:*');
  return keys.length;
}

export async function none() {
  return (await redis.keys('nothing:*')).length === 0;
}
