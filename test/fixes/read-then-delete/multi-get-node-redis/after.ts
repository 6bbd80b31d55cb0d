import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function take(token: string): Promise<string | null> {
  const [user] = (await client.multi().get(`reset:${token}`).del(`reset:${token}`).exec()) as unknown as [string | null, number];
  if (!user) return null;
  return user;
}
