import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function take(id: string, token: string) {
  return (await client.set(`export:${id}:lock`, token, { NX: true, PX: 5000 })) !== null;
}

export async function release(id: string, token: string): Promise<void> {
  const lockKey = `export:${id}:lock`;
  if ((await client.get(lockKey)) === token) {
    await client.del(lockKey);
  }
}

export async function giveBack(id: string, token: string): Promise<void> {
  const holder = await client.get(`export:${id}:lock`);
  if (token === holder) await client.del(`export:${id}:lock`);
}
