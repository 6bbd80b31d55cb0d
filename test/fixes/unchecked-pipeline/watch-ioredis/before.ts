import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const other = new Redis(process.env.REDIS_URL ?? '');

export async function take(key: string) {
  await redis.watch(key);
  const left = Number(await redis.get(key));
  const replies = await redis.multi().set(key, left - 1).exec();
  for (const [error] of replies ?? []) if (error) throw error;
  return 'taken';
}

export async function lose(key: string) {
  await redis.watch(key);
  await other.set(key, 'mine');
  await redis.multi().set(key, 'yours').exec();
  return 'taken';
}

export const loses = (key: string) => lose(key).catch((failure: Error) => failure.message);
