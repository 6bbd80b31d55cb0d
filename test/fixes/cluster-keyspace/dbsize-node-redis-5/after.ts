import { createCluster } from 'redis';

const rootNodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on('error', console.error);
await cluster.connect();

export async function total() {
  let size = 0;
  for (const master of cluster.masters) {
    const node = await cluster.nodeClient(master);
    size += await node.dbSize();
  }
  if (size >= 6) return 'all';
  await cluster.get('{a}:1');
  await cluster.get('{a}:1');
  return 'some';
}
