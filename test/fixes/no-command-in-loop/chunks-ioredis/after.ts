import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sum(count: number): Promise<number> {
  let sum = 0;
  const entries = [...Array.from({ length: count }, (_, index) => `${index}`).entries()];
  for (let start = 0; start < entries.length; start += 500) {
    const chunk = entries.slice(start, start + 500);
    const pipeline = redis.pipeline();
    const queued = [];
    for (const [index, word] of chunk) {
      if (word === '7') continue;
      pipeline.hget(`h:${word}`, 'n');
      queued.push(index);
    }
    const values = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
      if (error) throw error;
      return reply;
    });
    for (const [i, index] of queued.entries()) {
      const value = values[i] as string | null;
      sum += Number(value ?? 1) + index;
    }
  }
  return sum;
}

export async function store(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    const pipeline = redis.pipeline();
    for (const id of chunk) {
      pipeline.set(`s:${id}`, id);
    }
    for (const [error] of (await pipeline.exec()) ?? []) {
      if (error) throw error;
    }
  }
}
