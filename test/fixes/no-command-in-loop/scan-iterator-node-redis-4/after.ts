import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function inactive(before: number): Promise<string[]> {
  await ready;
  const inactive: string[] = [];
  const keys = [];
  for await (const key of client.scanIterator({ MATCH: 'user:*', COUNT: 500 })) keys.push(key);
  for (let start = 0; start < keys.length; start += 500) {
    const chunk = keys.slice(start, start + 500);
    const replies = await Promise.all(
      chunk.map(async (key) => ({ key, seen: await client.hGet(key, 'seenAt') })),
    );
    for (const { key, seen } of replies) {
      if (Number(seen) < before) inactive.push(key);
    }
  }
  return inactive.sort();
}
