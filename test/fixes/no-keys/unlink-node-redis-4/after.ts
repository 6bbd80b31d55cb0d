import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
void redis.connect();

export async function clear(prefix: string) {
  // nothing to do without keys
  let batch: string[] = [];
  for await (const key of redis.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) {
    if (batch.push(key) < 1000) continue;
    await redis.unlink(batch);
    batch = [];
  }
  if (batch.length > 0) await redis.unlink(batch); // all at once
}

export async function purge(pattern: string): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  for await (const key of redis.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    if (batch.push(key) < 1000) continue;
    removed += await redis.unlink(batch);
    batch = [];
  }
  if (batch.length > 0) removed += await redis.unlink(batch);
  return removed;
}

export async function drop() {
  console.log('dropping');
  let batch: string[] = [];
  for await (const key of redis.scanIterator({ MATCH: 'session:3*', COUNT: 1000 })) {
    if (batch.push(key) < 1000) continue;
    await redis.unlink(batch);
    batch = [];
  }
  if (batch.length > 0) await redis.unlink(batch);
  console.log('dropped');
}

export async function reset(pattern: string) {
  let removed = 0;
  let batch: string[] = [];
  for await (const key of redis.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    if (batch.push(key) < 1000) continue;
    removed += await redis.unlink(batch);
    batch = [];
  }
  if (batch.length > 0) removed += await redis.unlink(batch);
  return removed;
}
