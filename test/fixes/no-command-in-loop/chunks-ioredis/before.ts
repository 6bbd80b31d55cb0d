import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sum(count: number): Promise<number> {
  let sum = 0;
  for (const [index, word] of Array.from({ length: count }, (_, index) => `${index}`).entries()) {
    if (word === '7') continue;
    const value = await redis.hget(`h:${word}`, 'n');
    sum += Number(value ?? 1) + index;
  }
  return sum;
}

export async function store(count: number): Promise<void> {
  for (const id of Array.from({ length: count }, (_, index) => `${index}`)) {
    await redis.set(`s:${id}`, id);
  }
}
