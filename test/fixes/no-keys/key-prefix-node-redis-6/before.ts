import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL, keyPrefix: 'shop:' });
client.on('error', console.error);
await client.connect();

export async function flags(): Promise<string[]> {
  const names = await client.keys('flag:*');
  return names.sort();
}
