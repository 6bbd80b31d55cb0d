import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function claim(id: string): Promise<boolean> {
  const reply = await client.set(`claim:${id}`, 'me', { condition: 'NX' });
  if (reply === 'OK') {
    await client.expire(`claim:${id}`, 60);
  }
  return reply === 'OK';
}

export async function counted(id: string) {
  return (await mark(id)) ? 1 : 0;
}

async function mark(id: string) {
  const got = await client.setNX(`mark:${id}`, 'me');
  if (got < 1) return false;
  await client.pExpire(`mark:${id}`, 60_000);
  return true;
}
