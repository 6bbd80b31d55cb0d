import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const found = new Set<string>();
for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
  for (const key of batch as string[]) found.add(key);
}
const keys = [...found];

export const names = () => keys;
