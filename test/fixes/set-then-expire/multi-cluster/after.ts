import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function saveCart(userId: string, items: Record<string, string>) {
  const replies = await cluster
    .multi()
    .hset(`cart:${userId}`, items)
    .expire(`cart:${userId}`, 60)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}
