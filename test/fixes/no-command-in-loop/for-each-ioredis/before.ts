import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function untag(ids: string[], tag: string): Promise<void> {
  ids.forEach(async (id) => {
    await redis.srem(`tags:${id}`, tag);
  });
}

/** Before the fix nobody waits for the commands above. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
