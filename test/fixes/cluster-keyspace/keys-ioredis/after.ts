import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function sessions(): Promise<number> {
  const found = new Set<string>();
  // Before it is connected, a cluster knows no nodes.
  await cluster.ping();
  for (const node of cluster.nodes('master')) {
    for await (const batch of node.scanStream({ match: 'session:*', count: 1000 })) {
      for (const key of batch as string[]) found.add(key);
    }
  }
  const keys = [...found];
  return keys.length;
}
