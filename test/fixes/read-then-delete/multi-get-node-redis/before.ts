import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function take(token: string): Promise<string | null> {
  const user = await client.get(`reset:${token}`);
  if (!user) return null;
  await client.del(`reset:${token}`);
  return user;
}
