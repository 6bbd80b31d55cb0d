import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function total() {
  // Of all.
  let keyCount = 0;
  // Before it is connected, a cluster knows no nodes.
  await cluster.ping();
  for (const node of cluster.nodes('master')) {
    keyCount += await node.dbsize();
  }
  const size = keyCount; // keys
  // One node knows fewer.
  for (let missing = 0; size < 6 && missing < 2; missing++) await cluster.get('{a}:1');
  return size;
}

async function sizeOf(client: Redis | Cluster): Promise<number> {
  let size = 0;
  // Before it is connected, a cluster knows no nodes.
  await client.ping();
  for (const node of 'nodes' in client ? client.nodes('master') : [client]) {
    size += await node.dbsize();
  }
  return size;
}

export async function either() {
  const size = await sizeOf(cluster);
  for (let missing = 0; size < 6 && missing < 2; missing++) await cluster.get('{a}:1');
  return size;
}
