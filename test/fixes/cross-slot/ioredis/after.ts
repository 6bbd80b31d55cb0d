import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function pair(user: string) {
  try {
    return await Promise.all([cluster.get(`cart:${user}`), cluster.get(`wishlist:${user}`)]);
  } catch {
    return cluster.get('fallback');
  }
}

export async function list(ids: string[]) {
  try {
    return (await Promise.all(ids.map((id) => `cart:${id}`).map((key) => cluster.get(key)))).length;
  } catch {
    return cluster.get('fallback');
  }
}

export async function spread(ids: string[]) {
  try {
    return await Promise.all(ids.map((id) => `cart:${id}`).map((key) => cluster.exists(key))).then((counts) => counts.reduce((total, count) => total + count, 0));
  } catch {
    return cluster.get('fallback');
  }
}

export async function drop(client: Redis | Cluster, id: string) {
  await Promise.all([client.unlink(`old:${id}`), client.unlink(`older:${id}`)]);
}

export const counted = (user: string) => Promise.all([cluster.exists(`cart:${user}`), cluster.exists(`wishlist:${user}`)]).then((counts) => counts.reduce((total, count) => total + count, 0)).catch(() => cluster.get('fallback'));
