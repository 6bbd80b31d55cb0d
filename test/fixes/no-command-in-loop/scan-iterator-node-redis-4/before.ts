import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function inactive(before: number): Promise<string[]> {
  await ready;
  const inactive: string[] = [];
  for await (const key of client.scanIterator({ MATCH: 'user:*', COUNT: 500 })) {
    const seen = await client.hGet(key, 'seenAt');
    if (Number(seen) < before) inactive.push(key);
  }
  return inactive.sort();
}
