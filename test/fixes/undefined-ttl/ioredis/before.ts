import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

interface Options {
  seconds?: number;
  idle?: number | null;
}

export async function save(token: string, user: string, options: Options) {
  // Kept for the options' time.
  await redis.set(`token:${token}`, user, 'EX', options.seconds!); // seconds
  await redis.setex(`copy:${token}`, options.seconds as number, user);
}

export async function renew(token: string, seconds?: number) {
  await redis.expire(`token:${token}`, seconds!);
}

export const store = (token: string, user: string, ms: number | undefined) => redis.psetex(`ms:${token}`, ms!, user);

export async function read(token: string, { idle }: Options) {
  const value = await redis.getex(`token:${token}`, 'PX', idle!);
  return value?.toUpperCase();
}
