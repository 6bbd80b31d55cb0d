import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function session(id: string) {
  const text = await client.getEx(`session:${id}`, { type: 'EX', value: 1800 });
  return text;
}

export async function present(key: string) {
  const text = await client.GETEX(key, { type: 'PX', value: 90_000 });
  return text ?? 'none';
}
