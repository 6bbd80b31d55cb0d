import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function clear(): Promise<number> {
  await ready;
  let removed = 0;
  const ids = await client.sMembers('ids');
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    removed += await client.del(chunk.map((id) => `k:${id}`));
  }
  return removed;
}

export async function add(count: number): Promise<void> {
  await ready;
  const words = Array.from({ length: count }, (_, index) => `${index}`);
  for (let start = 0; start < words.length; start += 500) {
    const chunk = words.slice(start, start + 500);
    await client.rPush('words', chunk);
  }
}
