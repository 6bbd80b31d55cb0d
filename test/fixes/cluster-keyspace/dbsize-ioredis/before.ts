import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function total() {
  // Of all.
  const size = await cluster.dbsize(); // keys
  // One node knows fewer.
  for (let missing = 0; size < 6 && missing < 2; missing++) await cluster.get('{a}:1');
  return size;
}

async function sizeOf(client: Redis | Cluster): Promise<number> {
  return client.dbsize();
}

export async function either() {
  const size = await sizeOf(cluster);
  for (let missing = 0; size < 6 && missing < 2; missing++) await cluster.get('{a}:1');
  return size;
}
