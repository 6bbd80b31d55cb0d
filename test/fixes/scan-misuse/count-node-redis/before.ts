import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function orders() {
  const found = new Set<string>();
  for await (const keys of client.scanIterator({ MATCH: 'order:*', COUNT: 1 })) for (const key of [keys].flat()) found.add(key);
  return [...found];
}
