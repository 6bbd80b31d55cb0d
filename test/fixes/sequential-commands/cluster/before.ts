import Redis from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0] ?? '', port: Number(node.split(':')[1]) }));
const redis = new Redis.Cluster(nodes);

export async function page(id: string) {
  const title = await redis.hget(`page:${id}`, 'title');
  const views = await redis.incr(`views:${id}`);
  const tags = await redis.smembers(`tags:${id}`);
  return { title, views, tags };
}
