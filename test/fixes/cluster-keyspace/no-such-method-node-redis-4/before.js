import { createCluster } from 'redis';

const rootNodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on('error', console.error);
await cluster.connect();

export async function total() {
  try {
    const size = await cluster.dbSize();
    return size >= 6 ? 'all' : 'some';
  } catch {
    await cluster.get('{a}:1');
    await cluster.get('{a}:1');
    await cluster.get('{a}:1');
    return 'none';
  }
}
