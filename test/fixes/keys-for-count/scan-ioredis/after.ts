import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions() {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found];
  return keys.length;
}

export async function none() {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'nothing:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  return found.size === 0;
}
