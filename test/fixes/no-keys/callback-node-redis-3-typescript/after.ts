import redis from 'redis';

const client = redis.createClient(process.env.REDIS_URL ?? '');

export function names(done: (error: Error | null, names: string[]) => void): void {
  scanKeysThen(client, 'session:*', (error, keys) => {
    if (error) return done(error, []);
    done(null, keys.map((key) => key.slice(8)));
  });
}

export function passed(done: (error: Error | null, keys: string[]) => void) {
  scanKeysThen(client, 'cart:*', done);
}

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
function scanKeysThen(
  client: { scan(cursor: string, match: string, pattern: string, count: string, size: string, callback: (error: Error | null, page: [string, string[]]) => void): boolean },
  pattern: string,
  callback: (error: Error | null, keys: string[]) => void,
): void {
  const found = new Set<string>();
  const step = (cursor: string): boolean =>
    client.scan(cursor, 'MATCH', pattern, 'COUNT', '1000', (error, page) => {
      if (error) return callback(error, []);
      for (const key of page[1]) found.add(key);
      if (page[0] === '0') return callback(null, [...found]);
      step(page[0]);
    });
  step('0');
}
