import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function replaceTags(post: string, tags: string[]) {
  // the old ones go
  await client.del(`post:${post}:tags`);
  await client.sAdd(`post:${post}:tags`, tags);
  await client.expire(`post:${post}:tags`, 3600); // an hour
  return client.sCard(`post:${post}:tags`);
}

async function loadPrices(): Promise<Record<string, string>> {
  return Promise.resolve({ apple: '1', pear: '2' });
}

export async function loadAll(): Promise<string> {
  const key = 'prices';
  await client.unlink(key);
  const prices = await loadPrices();
  await client.hSet(key, prices);
  return 'done';
}
