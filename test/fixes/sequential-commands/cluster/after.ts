import Redis from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0] ?? '', port: Number(node.split(':')[1]) }));
const redis = new Redis.Cluster(nodes);

export async function page(id: string) {
  const [title, views, tags] = await Promise.all([
    redis.hget(`page:${id}`, 'title'),
    redis.incr(`views:${id}`),
    redis.smembers(`tags:${id}`),
  ]);
  return { title, views, tags };
}
