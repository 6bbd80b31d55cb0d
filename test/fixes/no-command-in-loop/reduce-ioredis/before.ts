import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function tagInOrder(ids: string[], tag: string): Promise<number> {
  return ids.reduce(
    // one after the other
    (previous, id) => previous.then(() => redis.sadd(`tags:${id}`, tag)),
    Promise.resolve(0),
  );
}

export async function countTagged(ids: string[]): Promise<number> {
  return ids.reduce(async (total, id) => (await total) + (await redis.scard(`tags:${id}`)), Promise.resolve(0));
}

export async function longest(ids: string[]): Promise<string> {
  const most = await ids.reduce(async (max, id) => {
    const count = await redis.scard(`tags:${id}`);
    return Math.max(await max, count);
  }, Promise.resolve(0));
  return `${most} at most`;
}

export async function touch(ids: string[]): Promise<void> {
  await ids.reduce(async (previous, id) => {
    await previous;
    await redis.expire(`tags:${id}`, 600);
  }, Promise.resolve());
}
