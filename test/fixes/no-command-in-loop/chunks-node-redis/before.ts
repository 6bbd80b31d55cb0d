import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sum(count: number): Promise<number> {
  await ready;
  let sum = 0;
  for (const [index, word] of Array.from({ length: count }, (_, index) => `${index}`).entries()) {
    if (word === '7') continue;
    const value = await client.hGet(`h:${word}`, 'n');
    sum += Number(value ?? 1) + index;
  }
  return sum;
}

export async function store(count: number): Promise<void> {
  await ready;
  for (const id of Array.from({ length: count }, (_, index) => `${index}`)) {
    await client.set(`s:${id}`, id);
  }
}
