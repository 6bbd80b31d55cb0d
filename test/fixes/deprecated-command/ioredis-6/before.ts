import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function board(key: string, min: number, max: number, end: string) {
  const top = await redis.zrevrange(key, 0, -1);
  const pairs = await redis.zrangebyscore(key, min, max, 'WITHSCORES', 'LIMIT', 0, 2);
  return [top, pairs, await redis.zrangebyscore(key, min, end), await redis.zrevrangebyscore(key, max, min)];
}
