import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function count(): Promise<number> {
  // Of every kind.
  const found = new Set<string>(); // names
  for await (const keys of redis.scanStream({ match: 'active:*', count: 500 })) {
    for (const key of keys as string[]) found.add(key); // a page
  }
  return found.size;
}

export async function byCursor(log: (line: string) => void) {
  const names = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', 'active:*', 'COUNT', 500);
    cursor = next;
    if (keys.length > 0) for (const key of keys) names.add(key);
  } while (cursor !== '0');
  let total = 0;
  for (const name of names) total += name.length;
  log(`${[...names].join()} of ${names.size}`);
  return { names: [...names], total, all: [...names] };
}

export async function listened() {
  const found = new Set<string>();
  await new Promise((resolve) => {
    const stream = redis.scanStream({ match: 'active:*' });
    stream.on('data', (keys) => keys.forEach((key: string) => found.add(key)));
    stream.on('end', resolve);
  });
  const values = await redis.mget(...found);
  return values.length;
}
