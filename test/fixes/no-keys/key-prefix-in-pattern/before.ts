import Redis from 'ioredis';

const prefix = 'shop-12:';
const redis = new Redis(process.env.REDIS_URL ?? '', { keyPrefix: prefix });

export async function tenantKeys(): Promise<string[]> {
  const keys = await redis.keys(`${prefix}*`);
  return keys.map((key) => key.slice(prefix.length));
}

export async function dropCache(): Promise<void> {
  const keys = await redis.keys(`${prefix}cache:*`);
  if (keys.length > 0) await redis.del(...keys.map((key) => key.slice(prefix.length)));
}
