import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function drainDirty(): Promise<string[]> {
  const ids = await client.sMembers('dirty:products');
  if (ids.length === 0) {
    return [];
  }

  // they are ours now
  await client.del('dirty:products');
  return ids.sort();
}

export async function drainCounters(): Promise<Record<string, string>> {
  const counters = await client.hGetAll('counters:minute');
  if (!Object.keys(counters).length) return {};
  await client.unlink('counters:minute');
  return { ...counters };
}
