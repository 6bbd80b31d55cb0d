import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function loop() {
  const seen: number[] = [];
  try {
    // One after the other.
    for await (const keys of redis.scanStream({ match: 'tmp:*', count: 500 })) {
      for (const key of keys as string[]) {
        // Gone for ever otherwise.
        const ttl = await redis.ttl(key);
        if (ttl === -2) continue;
        seen.push(ttl);
      }
    } // every one
  } catch {
    await redis.get('fallback');
  }
  return seen;
}

export async function lone() {
  try {
    for await (const keys of redis.scanStream({ match: 'tmp:*', count: 500 })) {
      for (const key of keys as string[]) await touch(key);
    }
    return 'done';
  } catch {
    return redis.get('fallback');
  }
}

async function touch(key: string) {
  await redis.persist(key);
}
