import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function untag(ids: string[], tag: string): Promise<void> {
  await ready;
  await Promise.all(ids.map(async (id) => {
    await client.sRem(`tags:${id}`, tag);
  }));
}

/** Its callers may wait once it does. */
export async function untagSoon(ids: string[], tag: string): Promise<void> {
  await Promise.all(ids.map(async (id) => {
    await client.sRem(`tags:${id}`, tag);
  }));
}

export async function untagAll(tag: string): Promise<string> {
  await untagSoon(['1', '2', '3'], tag);
  return 'done';
}

/** Before the fix nobody waits for the commands above. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
