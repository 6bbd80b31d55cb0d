import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function session(id: string) {
  // the session itself
  const text = await redis.get(`session:${id}`);
  // used, so alive
  await redis.expire(`session:${id}`, 1800);
  return text;
}

export async function present(key: string) {
  const text = await redis.get(key);
  if (text !== null) {
    await redis.pexpire(key, 90_000);
  }
  return text ?? 'none';
}
