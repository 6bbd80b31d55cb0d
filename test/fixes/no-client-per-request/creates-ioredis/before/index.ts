import Redis from 'ioredis';

export async function subscribe(req: { email: string }, _res: unknown) {
  const redis = new Redis(process.env.REDIS_URL ?? '');
  try {
    return { added: await redis.sadd('newsletter', req.email) };
  } finally {
    await redis.quit();
  }
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '');
  const item = await client.blpop(req.queue, 1);
  client.disconnect();
  return item;
}

export async function subscribers(_req: unknown, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '');
  const all = await client.smembers('newsletter');
  client.disconnect();
  return all.sort();
}
