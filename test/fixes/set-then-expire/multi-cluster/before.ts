import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function saveCart(userId: string, items: Record<string, string>) {
  await cluster.hset(`cart:${userId}`, items);
  await cluster.expire(`cart:${userId}`, 60);
}
