import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function drainDirty(): Promise<string[]> {
  // they are ours now
  const [ids] = (await client.multi().sMembers('dirty:products').del('dirty:products').exec()) as unknown as [string[], number];
  if (ids.length === 0) {
    return [];
  }

  return ids.sort();
}

export async function drainCounters(): Promise<Record<string, string>> {
  const [counters] = (await client.multi().hGetAll('counters:minute').unlink('counters:minute').exec()) as unknown as [Record<string, string>, number];
  if (!Object.keys(counters).length) return {};
  return { ...counters };
}
