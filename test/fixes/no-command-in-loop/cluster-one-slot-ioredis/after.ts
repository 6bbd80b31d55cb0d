import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
const cluster = new Cluster(nodes);

export async function values(names: string[]): Promise<(string | null)[]> {
  const values: (string | null)[] = [];
  const replies =
    names.length > 0 ? await cluster.mget(names.map((name) => `{settings}:${name}`)) : [];
  for (const value of replies) {
    values.push(value);
  }
  return values;
}
