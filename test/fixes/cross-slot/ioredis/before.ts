import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function pair(user: string) {
  try {
    return await cluster.mget(`cart:${user}`, `wishlist:${user}`);
  } catch {
    return cluster.get('fallback');
  }
}

export async function list(ids: string[]) {
  try {
    return (await cluster.mget(ids.map((id) => `cart:${id}`))).length;
  } catch {
    return cluster.get('fallback');
  }
}

export async function spread(ids: string[]) {
  try {
    return await cluster.exists(...ids.map((id) => `cart:${id}`));
  } catch {
    return cluster.get('fallback');
  }
}

export async function drop(client: Redis | Cluster, id: string) {
  await client.unlink([`old:${id}`, `older:${id}`]);
}

export const counted = (user: string) => cluster.exists(`cart:${user}`, `wishlist:${user}`).catch(() => cluster.get('fallback'));
