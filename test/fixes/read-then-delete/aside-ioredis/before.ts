import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

const seen: string[] = [];
async function use(all: string[]): Promise<void> {
  await Promise.resolve();
  if (all.includes('broken') && !seen.includes('broken')) {
    seen.push('broken');
    throw new Error('not now');
  }
  seen.push(...all);
}

export const add = (id: string, line: string) => redis.rpush(`buffer:${id}`, line);

export async function flush(id: string): Promise<number> {
  const lines = await redis.lrange(`buffer:${id}`, 0, -1);
  if (lines.length === 0) return 0;
  await use(lines); // may fail
  await redis.del(`buffer:${id}`);
  return seen.length;
}

export async function flushDirty(): Promise<string[]> {
  const key = 'dirty:products';
  // one after the other
  for (const id of await redis.smembers(key)) {
    if (id === '2') continue;
    await use([id]);
  }
  await redis.unlink(key);
  return seen;
}

export async function flushCounters(): Promise<void> {
  const counters = await redis.hgetall('counters:pending');
  await use(Object.keys(counters));
  await redis.del('counters:pending');
}
