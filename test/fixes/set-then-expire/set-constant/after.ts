import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const HOUR = 60 * 60;
const SESSION_TTL = 24 * HOUR;

export async function createSession(id: string, session: object): Promise<void> {
  const key = `session:${id}`;
  await redis.set(key, JSON.stringify(session), 'EX', SESSION_TTL);
}
