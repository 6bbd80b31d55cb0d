import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
const cluster = new Cluster(nodes);

export async function award(ids: string[], badge: string): Promise<void> {
  for (const id of ids) {
    await cluster.sadd(`badges:${id}`, badge);
  }
}

export async function names(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    const name = await cluster.hget(`user:${id}`, 'name');
    names.push(`${id} ${name ?? '?'}`);
  }
  return names;
}

export async function careful(ids: string[]): Promise<string[]> {
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
