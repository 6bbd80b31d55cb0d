import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL, keyPrefix: 'shop:' });
client.on('error', console.error);
await client.connect();

export async function flags(): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'shop:flag:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key.slice('shop:'.length));
  }
  const names = [...found];
  return names.sort();
}
