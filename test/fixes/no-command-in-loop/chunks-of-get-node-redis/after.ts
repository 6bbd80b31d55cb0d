import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sum(count: number): Promise<number> {
  await ready;
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  let sum = 0;
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    const raws = await client.mGet(chunk.map((id) => `n:${id}`));
    for (const raw of raws) {
      sum += Number(raw ?? 1);
    }
  }
  return sum;
}
