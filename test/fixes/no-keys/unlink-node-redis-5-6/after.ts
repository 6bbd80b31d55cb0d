import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
void redis.connect();

export async function clear(prefix: string) {
  // nothing to do without keys
  for await (const keys of redis.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) {
    if (keys.length > 0) await redis.unlink(keys);
  } // all at once
}

export async function purge(pattern: string): Promise<number> {
  let removed = 0;
  for await (const keys of redis.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    if (keys.length > 0) removed += await redis.unlink(keys);
  }
  return removed;
}

export async function drop() {
  console.log('dropping');
  for await (const stale of redis.scanIterator({ MATCH: 'session:3*', COUNT: 1000 })) {
    if (stale.length > 0) await redis.unlink(stale);
  }
  console.log('dropped');
}

export async function reset(pattern: string) {
  let removed = 0;
  for await (const keys of redis.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    if (keys.length > 0) removed += await redis.unlink(keys);
  }
  return removed;
}
