import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL, keyPrefix: 'blog:' });
client.on('error', console.error);
await client.connect();

export async function drafts(): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for await (const keys of client.scanIterator({ MATCH: 'blog:draft:*', COUNT: 500 })) {
    if (keys.length > 0) found.push(...(await client.mGet(keys.map((key) => key.slice('blog:'.length)))));
  }
  return found.sort();
}

export async function names() {
  return (await client.keys('blog:draft:*')).sort();
}

export async function texts() {
  const keys = await client.keys('blog:draft:*');
  return (await Promise.all(keys.map(async (key) => (await client.get(key.slice('blog:'.length))) ?? ''))).sort();
}
