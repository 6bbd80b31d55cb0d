import { createCluster } from 'redis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes: nodes });
cluster.on('error', (error: Error) => console.error(error.message));
const ready = cluster.connect();

export async function award(ids: string[], badge: string): Promise<void> {
  await ready;
  await Promise.all(ids.map((id) => cluster.sAdd(`badges:${id}`, badge)));
}

export async function names(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, name: await cluster.hGet(`user:${id}`, 'name') })),
  );
  for (const { id, name } of replies) {
    names.push(`${id} ${name ?? '?'}`);
  }
  return names;
}

export async function careful(ids: string[]): Promise<string[]> {
  await ready;
  const failed: string[] = [];
  const results = await Promise.allSettled(ids.map((id) => cluster.incr(`count:${id}`)));
  for (const [index, id] of ids.entries()) {
    const result = results[index]!;
    if (result.status === 'rejected') failed.push(id);
  }
  return failed;
}
