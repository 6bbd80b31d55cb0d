import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function allowed(ip: string, limit: number): Promise<boolean> {
  const key = `rate:${ip}`;
  // one more hit
  const replies = await redis.multi().incr(key).expire(key, 60, 'NX').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const hits = Number(replies?.[0]?.[1]);
  return hits <= limit;
}

export async function spend(tenant: string, cost: number, ms: number) {
  let spent: number;
  const results = await redis
    .multi()
    .incrby('budget:' + tenant, cost)
    .pexpire('budget:' + tenant, ms, 'NX')
    .exec();
  for (const [error] of results ?? []) {
    if (error) throw error;
  }
  spent = Number(results?.[0]?.[1]);
  const replies = 'not those of Redis';
  return [spent, replies];
}

export async function mark(id: string) {
  const replies = await redis.multi().incr(`mark:${id}`).expire(`mark:${id}`, 90, 'NX').exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}
