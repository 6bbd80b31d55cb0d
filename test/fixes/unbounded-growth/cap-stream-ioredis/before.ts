import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function track(id: string, event: string, userId: string) {
  return redis.xadd('events', id, 'event', event, 'user', userId);
}

export async function click(shop: string, id: string) {
  await redis.pipeline().xadd(`clicks:${shop}`, id, 'by', shop).exec();
}

export async function raw(id: string) {
  await redis.call('XADD', 'raw-events', id, 'a', 'b');
}
