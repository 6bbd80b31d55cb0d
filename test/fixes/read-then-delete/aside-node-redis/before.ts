import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

const seen: string[] = [];
async function use(all: string[]): Promise<void> {
  await Promise.resolve();
  if (all.includes('broken') && !seen.includes('broken')) {
    seen.push('broken');
    throw new Error('not now');
  }
  seen.push(...all);
}

export const add = (id: string, line: string) => client.rPush(`buffer:${id}`, line);

export async function flush(id: string): Promise<number> {
  const lines = await client.lRange(`buffer:${id}`, 0, -1);
  if (lines.length === 0) return 0;
  await use(lines); // may fail
  await client.del(`buffer:${id}`);
  return seen.length;
}

export async function flushDirty(): Promise<string[]> {
  const key = 'dirty:products';
  // one after the other
  for (const id of await client.sMembers(key)) {
    if (id === '2') continue;
    await use([id]);
  }
  await client.unlink(key);
  return seen;
}

export async function flushCounters(): Promise<void> {
  const counters = await client.hGetAll('counters:pending');
  await use(Object.keys(counters));
  await client.del('counters:pending');
}
