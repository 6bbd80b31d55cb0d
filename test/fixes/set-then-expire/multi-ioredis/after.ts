import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const CART_TTL = 7 * 24 * 3600;

export async function saveCart(userId: string, items: Record<string, string>) {
  const key = `cart:${userId}`;
  const replies = await redis.multi().hset(key, items).expire(key, CART_TTL).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function trackDevice(userId: string, deviceId: string, ttl: number): Promise<void> {
  // one entry for each device
  // counted from the last one
  const replies = await redis
    .multi()
    .sadd(`user:${userId}:devices`, deviceId)
    .expire(`user:${userId}:devices`, ttl)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function recordView(userId: string, sku: string) {
  const key = `views:${userId}`;
  // the newest first
  const replies = await redis
    .multi()
    .lpush(key, sku)
    .ltrim(key, 0, 49)
    .pexpire(key, CART_TTL * 1000)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function count(day: string, page: string) {
  const replies = await redis
    .multi()
    .hincrby(`stats:${day}`, page, 1)
    .expire(`stats:${day}`, CART_TTL)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}
