import { redis as sharedRedis, duplicate } from './redis-client.js';

export async function subscribe(req: { email: string }, _res: unknown) {
  const redis = sharedRedis();
  return { added: await redis.sadd('newsletter', req.email) };
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = duplicate();
  const item = await client.blpop(req.queue, 1);
  client.disconnect();
  return item;
}

export async function subscribers(_req: unknown, _res: unknown) {
  const client = sharedRedis();
  const all = await client.smembers('newsletter');
  return all.sort();
}
