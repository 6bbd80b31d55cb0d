import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function consumeResetToken(token: string): Promise<string | null> {
  const key = `reset:${token}`;
  const userId = await client.getDel(key);
  if (userId === null) {
    return null;
  }
  return userId;
}
