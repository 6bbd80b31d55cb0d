import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function claim(id: string): Promise<boolean> {
  const fresh = await client.set(`claim:${id}`, '1', { EX: 60, NX: true });
  return fresh === 'OK';
}
