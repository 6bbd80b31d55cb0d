import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function clear(): Promise<number> {
  await ready;
  let removed = 0;
  for (const id of await client.sMembers('ids')) {
    removed += await client.del(`k:${id}`);
  }
  return removed;
}

export async function add(count: number): Promise<void> {
  await ready;
  const words = Array.from({ length: count }, (_, index) => `${index}`);
  for (const word of words) await client.rPush('words', word);
}
