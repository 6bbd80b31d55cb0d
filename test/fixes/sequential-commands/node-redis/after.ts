import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function recordLogin(userId: string, ip: string, now: number) {
  await ready;
  await Promise.all([
    client.hSet(`user:${userId}`, { seen: now, ip }),
    client.zAdd('logins', { score: now, value: userId }),
    client.incr('logins:total'),
    client.sAdd(`ips:${userId}`, ip),
  ]);
}

export async function profile(userId: string) {
  await ready;
  const [, fields, reply, views, [ip]] = await Promise.all([
    client.incr(`views:${userId}`),
    client.hGetAll(`user:${userId}`),
    client.zScore('logins', userId),
    client.get(`views:${userId}`),
    client.sMembers(`ips:${userId}`),
  ]);
  const score = reply ?? 0;
  return { ...fields, score, views, ip };
}
