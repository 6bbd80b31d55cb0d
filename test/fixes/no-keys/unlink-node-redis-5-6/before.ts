import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
void redis.connect();

export async function clear(prefix: string) {
  const keys = await redis.keys(`${prefix}*`);
  // nothing to do without keys
  if (keys.length > 0) await redis.del(keys); // all at once
}

export async function purge(pattern: string): Promise<number> {
  const keys = await redis.keys(pattern);
  return keys.length ? redis.unlink(keys) : 0;
}

export async function drop() {
  console.log('dropping');
  const stale = await redis.keys('session:3*');
  if (stale.length !== 0) {
    await redis.unlink(stale);
  }
  console.log('dropped');
}

export async function reset(pattern: string) {
  const keys = await redis.keys(pattern);
  if (keys.length === 0) return 0;
  return await redis.del(keys);
}
