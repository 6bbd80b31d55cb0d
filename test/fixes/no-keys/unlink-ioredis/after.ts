import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function clear(prefix: string) {
  // nothing to do without keys
  for await (const batch of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
    const keys = batch as string[];
    if (keys.length > 0) await redis.unlink(...keys);
  } // all at once
}

export async function purge(pattern: string): Promise<number> {
  let removed = 0;
  for await (const batch of redis.scanStream({ match: pattern, count: 1000 })) {
    const keys = batch as string[];
    if (keys.length > 0) removed += await redis.unlink(keys);
  }
  return removed;
}

export async function drop() {
  console.log('dropping');
  for await (const batch of redis.scanStream({ match: 'session:3*', count: 1000 })) {
    const stale = batch as string[];
    if (stale.length > 0) await redis.unlink(...stale);
  }
  console.log('dropped');
}

export async function reset(pattern: string) {
  let removed = 0;
  for await (const batch of redis.scanStream({ match: pattern, count: 1000 })) {
    const keys = batch as string[];
    if (keys.length > 0) removed += await redis.unlink(keys);
  }
  return removed;
}
