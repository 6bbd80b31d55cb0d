import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function expireOld(ids: Set<string>): Promise<number> {
  let expired = 0;
  const pipeline = redis.pipeline();
  const queued = [];
  for (const id of ids) {
    pipeline.ttl(`cart:${id}`);
    queued.push(id);
  }
  const ttls = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const batch = redis.pipeline();
  for (const [index, id] of queued.entries()) {
    const ttl = ttls[index] as number;
    if (ttl === -1) {
      batch.expire(`cart:${id}`, 600);
      expired += 1;
    }
  }
  for (const [error] of (await batch.exec()) ?? []) {
    if (error) throw error;
  }
  return expired;
}

export async function double(): Promise<string[]> {
  const names = await redis.smembers('numbers');
  const changed: string[] = [];
  const pipeline = redis.pipeline();
  for (const name of names) {
    pipeline.get(`number:${name}`);
  }
  const values = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const batch = redis.pipeline();
  for (const [index, name] of names.entries()) {
    const value = values[index] as string | null;
    const old = Number(value);
    // nothing to do for zero
    if (old === 0) continue;
    batch.set(`number:${name}`, String(old * 2));
    changed.push(name);
  }
  for (const [error] of (await batch.exec()) ?? []) {
    if (error) throw error;
  }
  return changed.sort();
}
