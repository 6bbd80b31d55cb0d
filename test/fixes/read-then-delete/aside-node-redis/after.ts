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
  // What comes from here on stays under the key; what an earlier run left unfinished is taken first.
  const draining = `buffer:${id}:draining`;
  await client.renameNX(`buffer:${id}`, draining).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
  });
  const lines = await client.lRange(draining, 0, -1);
  if (lines.length === 0) return 0;
  await use(lines); // may fail
  await client.del(draining);
  return seen.length;
}

export async function flushDirty(): Promise<string[]> {
  const key = 'dirty:products';
  // one after the other
  // What comes from here on stays under the key; what an earlier run left unfinished is taken first.
  const draining = `${key}:draining`;
  await client.renameNX(key, draining).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
  });
  for (const id of await client.sMembers(draining)) {
    if (id === '2') continue;
    await use([id]);
  }
  await client.unlink(draining);
  return seen;
}

export async function flushCounters(): Promise<void> {
  // What comes from here on stays under the key; what an earlier run left unfinished is taken first.
  const draining = 'counters:pending:draining';
  await client.renameNX('counters:pending', draining).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
  });
  const counters = await client.hGetAll(draining);
  await use(Object.keys(counters));
  await client.del(draining);
}
