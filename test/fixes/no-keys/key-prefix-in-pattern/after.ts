import Redis from 'ioredis';

const prefix = 'shop-12:';
const redis = new Redis(process.env.REDIS_URL ?? '', { keyPrefix: prefix });

export async function tenantKeys(): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found];
  return keys.map((key) => key.slice(prefix.length));
}

export async function dropCache(): Promise<void> {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: `${prefix}cache:*`, count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found];
  if (keys.length > 0) await redis.del(...keys.map((key) => key.slice(prefix.length)));
}
