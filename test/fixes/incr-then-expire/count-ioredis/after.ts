import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function allowed(ip: string, limit: number): Promise<boolean> {
  const key = `rate:${ip}`;
  // one more hit
  const replies = await redis.multi().set(key, 0, 'EX', 60, 'NX').incr(key).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const hits = Number(replies?.[1]?.[1]);
  return hits <= limit;
}

export async function spend(tenant: string, cost: number, ms: number) {
  let spent: number;
  const results = await redis
    .multi()
    .set('budget:' + tenant, 0, 'PX', ms, 'NX')
    .incrby('budget:' + tenant, cost)
    .exec();
  for (const [error] of results ?? []) {
    if (error) throw error;
  }
  spent = Number(results?.[1]?.[1]);
  const replies = 'not those of Redis';
  return [spent, replies];
}

export async function mark(id: string) {
  const replies = await redis.multi().set(`mark:${id}`, 0, 'EX', 90, 'NX').incr(`mark:${id}`).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}
