import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '', { keyPrefix: 'shop[12]:' });

export async function flags(): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'shop\\[12\\]:flag:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key.slice('shop[12]:'.length));
  }
  return [...found].sort();
}

export async function values() {
  const out: (string | null)[] = [];
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'shop\\[12\\]:flag:*', count: 1000 })) {
    for (const name of batch as string[]) {
      const key = name.slice('shop[12]:'.length);
      if (seen.has(key)) continue;
      seen.add(key);
      out.push(await redis.get(key));
    }
  }
  return out.sort();
}

export async function of(kind: 'flag') {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'shop\\[12\\]:flag:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key.slice('shop[12]:'.length));
  }
  const names = [...found];
  return names.filter((name) => name.startsWith(kind)).sort();
}
