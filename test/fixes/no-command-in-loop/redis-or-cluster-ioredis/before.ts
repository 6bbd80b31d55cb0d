import { Cluster, Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function flags(ids: string[], client: Redis | Cluster = redis): Promise<boolean[]> {
  const flags: boolean[] = [];
  for (const id of ids) {
    flags.push((await client.get(`flag:${id}`)) === 'on');
  }
  return flags;
}

export async function drop(ids: string[], client: Redis | Cluster = redis): Promise<number> {
  let dropped = 0;
  for (const id of ids) {
    const count = await client.del(`flag:${id}`);
    dropped += count;
  }
  return dropped;
}
