import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function session(id: string) {
  const text = await client.getEx(`session:${id}`, { EX: 1800 });
  return text;
}

export async function present(key: string) {
  const text = await client.GETEX(key, { PX: 90_000 });
  return text ?? 'none';
}
