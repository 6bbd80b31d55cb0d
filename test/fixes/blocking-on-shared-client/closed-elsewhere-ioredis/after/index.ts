import { redis } from './redis';

const blockingRedis = redis.duplicate().on('error', (error) => console.error(error));
redis.once('end', () => blockingRedis.disconnect());
export { stop } from './shutdown';

export async function push(job: string) {
  return await redis.rpush('jobs', job);
}

export async function next() {
  const popped = await blockingRedis.blpop('jobs', 1);
  return popped?.[1];
}
