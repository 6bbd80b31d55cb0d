import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const CART_TTL = 7 * 24 * 3600;

export async function saveCart(userId: string, items: Record<string, string>) {
  const key = `cart:${userId}`;
  await redis.hset(key, items);
  await redis.expire(key, CART_TTL);
}

export async function trackDevice(userId: string, deviceId: string, ttl: number): Promise<void> {
  // one entry for each device
  await redis.sadd(`user:${userId}:devices`, deviceId);
  // counted from the last one
  await redis.expire(`user:${userId}:devices`, ttl);
}

export async function recordView(userId: string, sku: string) {
  const key = `views:${userId}`;
  await redis.lpush(
    key,
    // the newest first
    sku,
  );
  await redis.ltrim(key, 0, 49);
  await redis.pexpire(key, CART_TTL * 1000);
}

export async function count(day: string, page: string) {
  await redis.hincrby(`stats:${day}`, page, 1);
  await redis.expire(`stats:${day}`, CART_TTL);
}
