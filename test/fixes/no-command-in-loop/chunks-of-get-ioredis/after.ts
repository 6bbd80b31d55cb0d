import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sum(count: number): Promise<number> {
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  let sum = 0;
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    const raws = await redis.mget(chunk.map((id) => `n:${id}`));
    for (const raw of raws) {
      sum += Number(raw ?? 1);
    }
  }
  return sum;
}
