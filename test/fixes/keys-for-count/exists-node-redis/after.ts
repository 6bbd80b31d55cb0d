import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export const has = async () => (await client.exists('session:1')) > 0;

export async function lacks(): Promise<boolean> {
  const keyCount = await client.exists('session:9');
  return keyCount === 0;
}
