import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function session(id: string) {
  const text = await client.get(`session:${id}`);
  await client.expire(`session:${id}`, 1800);
  return text;
}

export async function present(key: string) {
  const text = await client.GET(key);
  if (text !== null) await client.PEXPIRE(key, 90_000);
  return text ?? 'none';
}
