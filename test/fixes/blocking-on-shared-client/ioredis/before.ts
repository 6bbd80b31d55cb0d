import Redis from 'ioredis';

// the one of this service
export const redis = new Redis(process.env.REDIS_URL ?? ''); // shared

export async function push(job: string) {
  return await redis.rpush('jobs', job);
}

/** Takes one. */
export async function next() {
  // wait for it
  const popped = await redis.blpop('jobs', 1);
  return popped?.[1];
}

export async function move() {
  const moved = await redis.brpoplpush('jobs', 'active', 1);
  return moved ?? (await redis.xread('BLOCK', 20, 'STREAMS', 'log', '0'));
}

export async function stop() {
  await redis.quit();
}
