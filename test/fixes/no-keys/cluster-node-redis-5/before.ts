import { createCluster } from 'redis';

const rootNodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on('error', console.error);
await cluster.connect();

export async function sessions() {
  const keys = await cluster.keys('session:*');
  return keys.sort();
}

export async function each() {
  const out: string[] = [];
  for (const key of await cluster.keys('session:*')) {
    if (key === 'stop') break;
    out.push(key);
  }
  return out.sort();
}

export const helped = () => cluster.keys('session:*').then((keys) => keys.filter((key) => key.startsWith('session:')).length);
