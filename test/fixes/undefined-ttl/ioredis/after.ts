import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

interface Options {
  seconds?: number;
  idle?: number | null;
}

export async function save(token: string, user: string, options: Options) {
  // Kept for the options' time.
  if (options.seconds === undefined) {
    await redis.set(`token:${token}`, user);
  } else {
    await redis.set(`token:${token}`, user, 'EX', options.seconds);
  } // seconds
  if (options.seconds === undefined) {
    await redis.set(`copy:${token}`, user);
  } else {
    await redis.setex(`copy:${token}`, options.seconds as number, user);
  }
}

export async function renew(token: string, seconds?: number) {
  if (seconds !== undefined) {
    await redis.expire(`token:${token}`, seconds);
  }
}

export const store = (token: string, user: string, ms: number | undefined) => ms === undefined ? redis.set(`ms:${token}`, user) : redis.psetex(`ms:${token}`, ms, user);

export async function read(token: string, { idle }: Options) {
  const value = await (idle == null ? redis.get(`token:${token}`) : redis.getex(`token:${token}`, 'PX', idle));
  return value?.toUpperCase();
}
