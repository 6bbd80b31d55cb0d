import { createCluster } from 'redis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes: nodes });
cluster.on('error', (error: Error) => console.error(error.message));
const ready = cluster.connect();

export async function award(ids: string[], badge: string): Promise<void> {
  await ready;
  for (const id of ids) {
    await cluster.sAdd(`badges:${id}`, badge);
  }
}

export async function names(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  for (const id of ids) {
    const name = await cluster.hGet(`user:${id}`, 'name');
    names.push(`${id} ${name ?? '?'}`);
  }
  return names;
}

export async function careful(ids: string[]): Promise<string[]> {
  await ready;
  const failed: string[] = [];
  for (const id of ids) {
    try {
      await cluster.incr(`count:${id}`);
    } catch {
      failed.push(id);
    }
  }
  return failed;
}
