import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function storeRaw(id: string) {
  await redis.call('SET', `raw:${id}`, id, 'EX', 60);
}
