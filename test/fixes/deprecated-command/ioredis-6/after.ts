import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function board(key: string, min: number, max: number, end: string) {
  const top = await redis.zrange(key, 0, '-1', 'REV');
  const pairs = await redis.zrange(key, min, String(max), 'BYSCORE', 'LIMIT', 0, 2, 'WITHSCORES');
  return [top, pairs, await redis.zrange(key, min, end, 'BYSCORE'), await redis.zrange(key, max, String(min), 'BYSCORE', 'REV')];
}
