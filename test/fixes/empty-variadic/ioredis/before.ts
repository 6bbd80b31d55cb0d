import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

export async function drop(user: string): Promise<void> {
  const keys = await redis.smembers(`user:${user}:keys`);
  // Whatever was cached.
  await redis.del(...keys); // gone
}

export async function load(ids: string[]) {
  return redis.mget(ids.map((id) => `user:${id}`));
}

export const count = (ids: readonly string[]) => redis.exists(...ids);

export async function firstOf(ids: Set<string>): Promise<string | null | undefined> {
  return (await redis.hmget('names', ...ids))[0];
}

export async function add(group: string, members: string[], now: boolean) {
  const added = await redis.sadd(`group:${group}`, members);
  if (now) await redis.lpush(`log:${group}`, ...members);
  return added;
}

export async function reap(instances: { id: string; beats: number }[]): Promise<void> {
  const dead: string[] = [];
  for (const { id, beats } of instances) if (beats === 0) dead.push(id);
  await redis.srem('alive', ...dead);
}
