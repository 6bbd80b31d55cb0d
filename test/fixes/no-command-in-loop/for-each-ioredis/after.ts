import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function untag(ids: string[], tag: string): Promise<void> {
  await Promise.all(ids.map(async (id) => {
    await redis.srem(`tags:${id}`, tag);
  }));
}

/** Its callers may wait once it does. */
export async function untagSoon(ids: string[], tag: string): Promise<void> {
  await Promise.all(ids.map(async (id) => {
    await redis.srem(`tags:${id}`, tag);
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
