import { createClient } from 'redis';
import { randomUUID } from 'node:crypto';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function replaceTags(post: string, tags: string[]) {
  // the old ones go
  const rebuilt = `post:${post}:tags:rebuilt:${randomUUID()}`;
  await client.sAdd(rebuilt, tags);
  await client.expire(rebuilt, 3600); // an hour
  await client.rename(rebuilt, `post:${post}:tags`);
  return client.sCard(`post:${post}:tags`);
}

async function loadPrices(): Promise<Record<string, string>> {
  return Promise.resolve({ apple: '1', pear: '2' });
}

export async function loadAll(): Promise<string> {
  const key = 'prices';
  const rebuilt = `${key}:rebuilt:${randomUUID()}`;
  const prices = await loadPrices();
  await client.hSet(rebuilt, prices);
  await client.rename(rebuilt, key);
  return 'done';
}
