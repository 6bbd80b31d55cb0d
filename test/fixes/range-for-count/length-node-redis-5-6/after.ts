import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export const followerCount = async (userId: string) => await client.sCard(`followers:${userId}`);

export async function itemCount(cartId: string): Promise<number> {
  return await client.hLen(`cart:${cartId}`);
}

export async function hasBacklog() {
  const jobCount = await client.LLEN('jobs');
  return jobCount > 0;
}

export async function dueCount(now: number) {
  const count = await client.zCount('reminders', 0, now);
  return { due: count };
}

export async function all() {
  return Promise.all([client.hLen('cart:1'), (async () => await client.hLen('cart:1'))()]);
}

export async function scored() {
  return await client.zCard('reminders');
}

export async function raw() {
  return (await client.sendCommand(['SCARD', 'room:1'])) as unknown as number;
}
