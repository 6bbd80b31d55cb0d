import { Cluster, Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function flags(ids: string[], client: Redis | Cluster = redis): Promise<boolean[]> {
  const flags: boolean[] = [];
  const values = await Promise.all(ids.map((id) => client.get(`flag:${id}`)));
  for (const value of values) {
    flags.push(value === 'on');
  }
  return flags;
}

export async function drop(ids: string[], client: Redis | Cluster = redis): Promise<number> {
  let dropped = 0;
  const counts = await Promise.all(ids.map((id) => client.del(`flag:${id}`)));
  for (const count of counts) {
    dropped += count;
  }
  return dropped;
}
