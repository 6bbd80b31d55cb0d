import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const load = (key: string) =>
  new Promise<unknown>((resolve: (value: unknown) => void) => {
    redis.get(key, resolve);
  }).then((value) => (value instanceof Error ? 'an error' : value), () => 'rejected');

export const store = (key: string, other: string) =>
  new Promise<string>((resolve) => {
    Promise.all([redis.set(key, 'x'), redis.incr(other)]).then(([ok]) => resolve(ok));
  });
