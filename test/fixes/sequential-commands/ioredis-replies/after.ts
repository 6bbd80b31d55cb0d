import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function overview(shop: string) {
  const [value, { revenue }, visitors] = await Promise.all([
    redis.get(`orders:${shop}`),
    redis.hgetall(`shop:${shop}`),
    // distinct ones
    redis.pfcount(`visitors:${shop}`), // about
  ]);
  const orders = Number(value);
  return { orders, revenue, visitors };
}

export async function rename(id: string, name: string) {
  const [before, , after] = await Promise.all([
    redis.hget(`user:${id}`, 'name'),
    redis.hset(`user:${id}`, 'name', name),
    redis.hget(`user:${id}`, 'name'),
  ]);
  return [before, after];
}
