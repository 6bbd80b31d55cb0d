import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function untag(ids: string[], tag: string): Promise<void> {
  await ready;
  ids.forEach(async (id) => {
    await client.sRem(`tags:${id}`, tag);
  });
}

/** Its callers may wait once it does. */
export function untagSoon(ids: string[], tag: string): void {
  ids.forEach(async (id) => {
    await client.sRem(`tags:${id}`, tag);
  });
}

export async function untagAll(tag: string): Promise<string> {
  untagSoon(['1', '2', '3'], tag);
  return 'done';
}

/** Before the fix nobody waits for the commands above. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
