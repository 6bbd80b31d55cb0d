import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function invoices() {
  // All of them.
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'invoice:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found]; // by name
  return keys.sort();
}

export async function some(kind: string) {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: `${kind}:*`, count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found];
  return keys.length > 0 ? keys.sort() : [];
}
