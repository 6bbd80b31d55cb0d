import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function tag(article: string, tags: string[]): Promise<void> {
  if (tags.length > 0) {
    await client.sAdd(`article:${article}:tags`, tags);
  }
}

export async function load(ids: string[]): Promise<(string | null)[]> {
  return ids.length > 0 ? client.mGet(ids.map((id) => `article:${id}`)) : [];
}

export async function removed(keys: string[]) {
  const total = (keys.length > 0 ? await client.unlink(keys) : 0) + (keys.length > 0 ? await client.del(keys) : 0);
  return total;
}
