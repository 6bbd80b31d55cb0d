import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

export async function members(keys: string[]) {
  const all = await redis.sunion(...keys);
  return all.sort();
}

export const visitors = (days: string[]) => redis.pfcount(...days);
