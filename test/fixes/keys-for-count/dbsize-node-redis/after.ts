import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export const total = async () => await client.dbSize();

export async function isEmpty(): Promise<boolean> {
  const keyCount = await client.dbSize(); // of every kind
  return keyCount === 0;
}

export async function described() {
  const nameCount = await client.dbSize();
  return `${nameCount} keys`;
}
