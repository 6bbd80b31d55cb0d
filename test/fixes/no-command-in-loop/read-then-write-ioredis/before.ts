import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function expireOld(ids: Set<string>): Promise<number> {
  let expired = 0;
  for (const id of ids) {
    const ttl = await redis.ttl(`cart:${id}`);
    if (ttl === -1) {
      await redis.expire(`cart:${id}`, 600);
      expired += 1;
    }
  }
  return expired;
}

export async function double(): Promise<string[]> {
  const names = await redis.smembers('numbers');
  const changed: string[] = [];
  for (const name of names) {
    const old = Number(await redis.get(`number:${name}`));
    // nothing to do for zero
    if (old === 0) continue;
    await redis.set(`number:${name}`, String(old * 2));
    changed.push(name);
  }
  return changed.sort();
}
