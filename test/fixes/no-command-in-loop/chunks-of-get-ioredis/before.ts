import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sum(count: number): Promise<number> {
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  let sum = 0;
  for (const id of ids) {
    const raw = await redis.get(`n:${id}`);
    sum += Number(raw ?? 1);
  }
  return sum;
}
