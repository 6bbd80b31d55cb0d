import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
export const ttl = { session: 3600 };

export async function createSession(id: string): Promise<void> {
  await redis.set(`session:${id}`, 'x', 'EX', ttl.session);
}
