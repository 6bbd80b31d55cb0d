import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export const total = async () => (await client.keys('*')).length;

export async function isEmpty(): Promise<boolean> {
  const keys = await client.keys('*'); // of every kind
  return keys.length === 0;
}

export async function described() {
  const names = await client.keys('*');
  return `${names.length} keys`;
}
