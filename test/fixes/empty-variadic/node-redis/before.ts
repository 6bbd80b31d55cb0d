import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function tag(article: string, tags: string[]): Promise<void> {
  await client.sAdd(`article:${article}:tags`, tags);
}

export async function load(ids: string[]): Promise<(string | null)[]> {
  return client.mGet(ids.map((id) => `article:${id}`));
}

export async function removed(keys: string[]) {
  const total = (await client.unlink(keys)) + (await client.del(keys));
  return total;
}
