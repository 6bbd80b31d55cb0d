import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
const cluster = new Cluster(nodes);

export async function award(ids: string[], badge: string): Promise<void> {
  await Promise.all(ids.map((id) => cluster.sadd(`badges:${id}`, badge)));
}

export async function names(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, name: await cluster.hget(`user:${id}`, 'name') })),
  );
  for (const { id, name } of replies) {
    names.push(`${id} ${name ?? '?'}`);
  }
  return names;
}

export async function careful(ids: string[]): Promise<string[]> {
  const failed: string[] = [];
  const results = await Promise.allSettled(ids.map((id) => cluster.incr(`count:${id}`)));
  for (const [index, id] of ids.entries()) {
    const result = results[index]!;
    if (result.status === 'rejected') failed.push(id);
  }
  return failed;
}
