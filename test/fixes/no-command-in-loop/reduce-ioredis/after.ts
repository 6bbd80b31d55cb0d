import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function tagInOrder(ids: string[], tag: string): Promise<number> {
  // one after the other
  return Promise.all(ids.map((id) => redis.sadd(`tags:${id}`, tag))).then((replies) => replies[replies.length - 1] ?? 0);
}

export async function countTagged(ids: string[]): Promise<number> {
  const counts = await Promise.all(ids.map((id) => redis.scard(`tags:${id}`)));
  return counts.reduce((total, count) => total + count, 0);
}

export async function longest(ids: string[]): Promise<string> {
  const counts = await Promise.all(ids.map((id) => redis.scard(`tags:${id}`)));
  const most = counts.reduce((max, count) => {
    return Math.max(max, count);
  }, 0);
  return `${most} at most`;
}

export async function touch(ids: string[]): Promise<void> {
  await Promise.all(ids.map((id) => redis.expire(`tags:${id}`, 600)));
}
