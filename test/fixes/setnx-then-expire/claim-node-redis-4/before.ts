import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function claim(id: string): Promise<boolean> {
  const fresh = await client.setNX(`claim:${id}`, '1');
  if (fresh === true) {
    await client.expire(`claim:${id}`, 60);
  }
  return fresh;
}
