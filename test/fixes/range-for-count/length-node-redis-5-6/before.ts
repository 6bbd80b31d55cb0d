import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export const followerCount = async (userId: string) => (await client.sMembers(`followers:${userId}`)).length;

export async function itemCount(cartId: string): Promise<number> {
  const items = await client.hGetAll(`cart:${cartId}`);
  return Object.keys(items).length;
}

export async function hasBacklog() {
  const jobs = await client.LRANGE('jobs', 0, -1);
  return jobs.length > 0;
}

export async function dueCount(now: number) {
  const due = await client.zRangeByScore('reminders', 0, now);
  return { due: due.length };
}

export async function all() {
  return Promise.all([client.hVals('cart:1').then((values) => values.length), (async () => (await client.hKeys('cart:1')).length)()]);
}

export async function scored() {
  return (await client.zRangeWithScores('reminders', 0, -1)).length;
}

export async function raw() {
  const members = (await client.sendCommand(['SMEMBERS', 'room:1'])) as unknown as string[];
  return members.length;
}
