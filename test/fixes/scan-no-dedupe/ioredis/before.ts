import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function count(): Promise<number> {
  // Of every kind.
  const found: string[] = []; // names
  for await (const keys of redis.scanStream({ match: 'active:*', count: 500 })) {
    found.push(...keys); // a page
  }
  return found.length;
}

export async function byCursor(log: (line: string) => void) {
  const names: Array<string> = [];
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', 'active:*', 'COUNT', 500);
    cursor = next;
    if (keys.length > 0) names.push(...keys);
  } while (cursor !== '0');
  let total = 0;
  for (const name of names) total += name.length;
  log(`${names.join()} of ${names.length}`);
  return { names, total, all: names };
}

export async function listened() {
  const found: string[] = [];
  await new Promise((resolve) => {
    const stream = redis.scanStream({ match: 'active:*' });
    stream.on('data', (keys) => found.push(...keys));
    stream.on('end', resolve);
  });
  const values = await redis.mget(...found);
  return values.length;
}
