import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface User {
  name: string;
  visits: number;
}

export async function register(id: string, user: User) {
  await redis.set(`user:${id}`, JSON.stringify(user));
}

/** No user ever goes away: one HSET does. */
export async function visit(id: string): Promise<number> {
  const raw = await redis.get(`user:${id}`);
  if (!raw) return 0;
  const user = JSON.parse(raw) as User;
  user.visits++;
  await redis.set(`user:${id}`, JSON.stringify(user));
  return user.visits;
}
