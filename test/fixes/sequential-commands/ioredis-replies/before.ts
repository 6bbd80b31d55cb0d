import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function overview(shop: string) {
  const orders = Number(await redis.get(`orders:${shop}`));
  const { revenue } = await redis.hgetall(`shop:${shop}`);
  // distinct ones
  const visitors = await redis.pfcount(`visitors:${shop}`); // about
  return { orders, revenue, visitors };
}

export async function rename(id: string, name: string) {
  const before = await redis.hget(`user:${id}`, 'name');
  await redis.hset(`user:${id}`, 'name', name);
  const after = await redis.hget(`user:${id}`, 'name');
  return [before, after];
}
