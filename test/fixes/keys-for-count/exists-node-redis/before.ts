import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export const has = async () => (await client.keys('session:1')).length > 0;

export async function lacks(): Promise<boolean> {
  const keys = await client.keys('session:9');
  return keys.length === 0;
}
