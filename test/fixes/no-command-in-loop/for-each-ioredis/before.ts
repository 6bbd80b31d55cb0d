import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function untag(ids: string[], tag: string): Promise<void> {
  ids.forEach(async (id) => {
    await redis.srem(`tags:${id}`, tag);
  });
}
