import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export function names(done: (error: Error | null, names: string[]) => void): void {
  scanKeysThen(redis, 'session:*', (error, keys) => {
    if (error) return done(error, []);
    done(null, (keys ?? []).map((key) => key.slice(8)));
  });
}

export function passed(done: (error?: Error | null, keys?: string[]) => void): void {
  scanKeysThen(redis, 'cart:*', done);
}

export function closed(done: (error: Error | null, names: string[]) => void): void {
  const client = redis.duplicate();
  client.disconnect();
  scanKeysThen(client, 'session:*', (error, keys) => done(error ?? null, keys ?? []));
}

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
function scanKeysThen(
  client: { scanStream(options: { match: string; count: number }): NodeJS.ReadableStream },
  pattern: string,
  callback: (error: Error | null, keys: string[]) => void,
): void {
  const found = new Set<string>();
  const stream = client.scanStream({ match: pattern, count: 1000 });
  stream.on('data', (batch: string[]) => {
    for (const key of batch) found.add(key);
  });
  stream.on('error', (error: Error) => callback(error, []));
  stream.on('end', () => callback(null, [...found]));
}
