import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function reservations(): Promise<number> {
  const found = new Set<string>();
  // Before it is connected, a cluster knows no nodes.
  await cluster.ping();
  for (const node of cluster.nodes('master')) {
    for await (const batch of node.scanStream({ match: 'session:*', count: 1000 })) {
      for (const key of batch as string[]) found.add(key);
    }
  }
  const keys = [...found];
  return keys.filter((key) => key.startsWith('session:')).length;
}

export async function onEveryMaster(): Promise<number> {
  const lists = await Promise.all(cluster.nodes('master').map((node) => scanKeys(node, 'session:*')));
  return lists.flat().length;
}

async function namesOf(client: Redis | Cluster): Promise<string[]> {
  const found = new Set<string>();
  // Before it is connected, a cluster knows no nodes.
  await client.ping();
  for (const node of 'nodes' in client ? client.nodes('master') : [client]) {
    for await (const batch of node.scanStream({ match: 'session:*', count: 1000 })) {
      for (const key of batch as string[]) found.add(key);
    }
  }
  return [...found];
}

export const either = async () => (await namesOf(cluster)).length;

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys(
  client: { scanStream(options: { match: string; count: number }): AsyncIterable<string[]> },
  match: string,
): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of client.scanStream({ match, count: 1000 })) {
    for (const key of batch) found.add(key);
  }
  return [...found];
}
