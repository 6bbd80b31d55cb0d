import { createCluster } from 'redis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes: nodes });
cluster.on('error', (error: Error) => console.error(error.message));
const ready = cluster.connect();

export async function values(names: string[]): Promise<(string | null)[]> {
  await ready;
  const values: (string | null)[] = [];
  const replies =
    names.length > 0 ? await cluster.mGet(names.map((name) => `{settings}:${name}`)) : [];
  for (const value of replies) {
    values.push(value);
  }
  return values;
}
