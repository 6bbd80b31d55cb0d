import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

export async function members(keys: string[]) {
  const all = keys.length > 0 ? await redis.sunion(...keys) : [];
  return all.sort();
}

export const visitors = (days: string[]) => days.length > 0 ? redis.pfcount(...days) : Promise.resolve(0);
