import { redis } from './redis';
export { stop } from './shutdown';

export async function push(job: string) {
  return await redis.rpush('jobs', job);
}

export async function next() {
  const popped = await redis.blpop('jobs', 1);
  return popped?.[1];
}
