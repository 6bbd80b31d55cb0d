import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function session(id: string) {
  // the session itself
  // used, so alive
  const text = await redis.getex(`session:${id}`, 'EX', 1800);
  return text;
}

export async function present(key: string) {
  const text = await redis.getex(key, 'PX', 90_000);
  return text ?? 'none';
}
