import Redis from 'ioredis';

// the one of this service
export const redis = new Redis(process.env.REDIS_URL ?? ''); // shared
const blockingRedis2 = redis.duplicate().on('error', (error) => console.error(error));
const blockingRedis = redis.duplicate().on('error', (error) => console.error(error));

export async function push(job: string) {
  return await redis.rpush('jobs', job);
}

/** Takes one. */
export async function next() {
  // wait for it
  const popped = await blockingRedis.blpop('jobs', 1);
  return popped?.[1];
}

export async function move() {
  const moved = await blockingRedis2.brpoplpush('jobs', 'active', 1);
  return moved ?? (await blockingRedis2.xread('BLOCK', 20, 'STREAMS', 'log', '0'));
}

export async function stop() {
  await redis.quit();
  blockingRedis2.disconnect();
  blockingRedis.disconnect();
}
