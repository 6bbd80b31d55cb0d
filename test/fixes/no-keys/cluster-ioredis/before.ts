import { Cluster, Redis } from 'ioredis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }));
const cluster = new Cluster(nodes);

export async function reservations(): Promise<number> {
  const keys = await cluster.keys('session:*');
  return keys.filter((key) => key.startsWith('session:')).length;
}

export async function onEveryMaster(): Promise<number> {
  const lists = await Promise.all(cluster.nodes('master').map((node) => node.keys('session:*')));
  return lists.flat().length;
}

async function namesOf(client: Redis | Cluster): Promise<string[]> {
  return client.keys('session:*');
}

export const either = async () => (await namesOf(cluster)).length;
