import { createCluster } from 'redis';

const rootNodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on('error', console.error);
await cluster.connect();

export async function sessions() {
  const found = new Set<string>();
  for (const master of cluster.masters) {
    const node = await cluster.nodeClient(master);
    for await (const batch of node.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
      for (const key of batch) found.add(key);
    }
  }
  const keys = [...found];
  return keys.sort();
}

export async function each() {
  const out: string[] = [];
  // SCAN may give a key twice.
  const seen = new Set<string>();
  scan: for (const master of cluster.masters) {
    const node = await cluster.nodeClient(master);
    for await (const batch of node.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
      for (const key of batch) {
        if (seen.has(key)) continue;
        seen.add(key);
        if (key === 'stop') break scan;
        out.push(key);
      }
    }
  }
  return out.sort();
}

export const helped = () => scanKeys(cluster, 'session:*').then((keys) => keys.filter((key) => key.startsWith('session:')).length);

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys<Master>(
  client: { masters: readonly Master[]; nodeClient(master: Master): Promise<{ scanIterator(options: { MATCH: string; COUNT: number }): AsyncIterable<string[]> }> | { scanIterator(options: { MATCH: string; COUNT: number }): AsyncIterable<string[]> } },
  pattern: string,
): Promise<string[]> {
  const found = new Set<string>();
  for (const master of client.masters) {
    const node = await client.nodeClient(master);
    for await (const batch of node.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
      for (const key of batch) found.add(key);
    }
  }
  return [...found];
}
