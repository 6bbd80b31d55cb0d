import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '', { keyPrefix: 'shop[12]:' });

export async function flags(): Promise<string[]> {
  return (await redis.keys('flag:*')).sort();
}

export async function values() {
  const out: (string | null)[] = [];
  for (const key of await redis.keys('flag:*')) {
    out.push(await redis.get(key));
  }
  return out.sort();
}

export async function of(kind: 'flag') {
  const names = await redis.keys(`flag:*`);
  return names.filter((name) => name.startsWith(kind)).sort();
}
