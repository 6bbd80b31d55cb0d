import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function claim(id: string): Promise<boolean> {
  const reply = await client.set(`claim:${id}`, 'me', { condition: 'NX', expiration: { type: 'EX', value: 60 } });
  return reply === 'OK';
}

export async function counted(id: string) {
  return (await mark(id)) ? 1 : 0;
}

async function mark(id: string) {
  const got = await client.set(`mark:${id}`, 'me', { PX: 60_000, NX: true });
  if (got === null) return false;
  return true;
}
