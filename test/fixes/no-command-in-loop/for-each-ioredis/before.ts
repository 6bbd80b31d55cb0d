import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function untag(ids: string[], tag: string): Promise<void> {
  ids.forEach(async (id) => {
    await redis.srem(`tags:${id}`, tag);
  });
}

/** Its callers may wait once it does. */
export function untagSoon(ids: string[], tag: string): void {
  ids.forEach(async (id) => {
    await redis.srem(`tags:${id}`, tag);
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
