import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function recordLogin(userId: string, ip: string, now: number) {
  await ready;
  await client.hSet(`user:${userId}`, { seen: now, ip });
  await client.zAdd('logins', { score: now, value: userId });
  await client.incr('logins:total');
  await client.sAdd(`ips:${userId}`, ip);
}

export async function profile(userId: string) {
  await ready;
  await client.incr(`views:${userId}`);
  const fields = await client.hGetAll(`user:${userId}`);
  const score = (await client.zScore('logins', userId)) ?? 0;
  const views = await client.get(`views:${userId}`);
  const [ip] = await client.sMembers(`ips:${userId}`);
  return { ...fields, score, views, ip };
}
