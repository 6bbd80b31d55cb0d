import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export const load = (key: string) =>
  new Promise<unknown>((resolve: (value: unknown) => void, reject) => {
    redis.get(key, (error, reply) => (error ? reject(error) : resolve(reply)));
  }).then((value) => (value instanceof Error ? 'an error' : value), () => 'rejected');

export const store = (key: string, other: string) =>
  new Promise<string>((resolve, reject) => {
    Promise.all([redis.set(key, 'x'), redis.incr(other)]).then(([ok]) => resolve(ok)).catch(reject);
  });
