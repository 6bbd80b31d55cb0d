import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
const cluster = new Cluster(nodes);

export async function values(names: string[]): Promise<(string | null)[]> {
  const values: (string | null)[] = [];
  for (const name of names) {
    const value = await cluster.get(`{settings}:${name}`);
    values.push(value);
  }
  return values;
}
