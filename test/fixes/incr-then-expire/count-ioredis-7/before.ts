import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function allowed(ip: string, limit: number): Promise<boolean> {
  const key = `rate:${ip}`;
  // one more hit
  const hits = await redis.incr(key);
  if (hits === 1) {
    await redis.expire(key, 60);
  }
  return hits <= limit;
}

export async function spend(tenant: string, cost: number, ms: number) {
  let spent: number;
  spent = await redis.incrby('budget:' + tenant, cost);
  if (spent === cost) await redis.pexpire('budget:' + tenant, ms);
  const replies = 'not those of Redis';
  return [spent, replies];
}

export async function mark(id: string) {
  if ((await redis.incr(`mark:${id}`)) === 1) await redis.expire(`mark:${id}`, 90);
}
