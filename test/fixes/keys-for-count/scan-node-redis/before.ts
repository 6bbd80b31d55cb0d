import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function sessions() {
  const keys = await client.keys('session:*');
  return keys.length;
}

export const none = () => client.keys('nothing:*').then((keys) => keys.length === 0);
