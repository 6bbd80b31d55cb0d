import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

const CART_TTL = 7 * 24 * 3600;

export async function saveCart(userId: string, items: Record<string, string>) {
  const key = `cart:${userId}`;
  await client.multi().hSet(key, items).expire(key, CART_TTL).exec();
}

export async function trackDevice(userId: string, deviceId: string, ttl: number): Promise<void> {
  await client
    .multi()
    .sAdd(`user:${userId}:devices`, deviceId)
    .expire(`user:${userId}:devices`, ttl)
    .exec();
}

export async function recordView(userId: string, sku: string) {
  const key = `views:${userId}`;
  await client.multi().lPush(key, sku).lTrim(key, 0, 49).pExpire(key, CART_TTL * 1000).exec();
}

export async function count(day: string, page: string) {
  await client.multi().hIncrBy(`stats:${day}`, page, 1).expire(`stats:${day}`, CART_TTL).exec();
}
