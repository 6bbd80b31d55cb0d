import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export function names(done: (error: Error | null, names: string[]) => void): void {
  redis.keys('session:*', (error, keys) => {
    if (error) return done(error, []);
    done(null, (keys ?? []).map((key) => key.slice(8)));
  });
}

export function passed(done: (error?: Error | null, keys?: string[]) => void): void {
  redis.keys('cart:*', done);
}

export function closed(done: (error: Error | null, names: string[]) => void): void {
  const client = redis.duplicate();
  client.disconnect();
  client.keys('session:*', (error, keys) => done(error ?? null, keys ?? []));
}
