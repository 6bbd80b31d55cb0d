import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sum(count: number): Promise<number> {
  await ready;
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  let sum = 0;
  for (const id of ids) {
    const raw = await client.get(`n:${id}`);
    sum += Number(raw ?? 1);
  }
  return sum;
}
