import { Cluster } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function load() {
  const names = await cluster.smembers('names');
  try {
    const texts = await Promise.all(names.map((key) => cluster.get(key)));
    return texts.length;
  } catch {
    return cluster.get('fallback');
  }
}
