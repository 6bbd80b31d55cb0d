import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

const CART_TTL = 7 * 24 * 3600;

export async function saveCart(userId: string, items: Record<string, string>) {
  const key = `cart:${userId}`;
  await client.hSet(key, items);
  await client.expire(key, CART_TTL);
}

export async function trackDevice(userId: string, deviceId: string, ttl: number): Promise<void> {
  await client.sAdd(`user:${userId}:devices`, deviceId);
  await client.expire(`user:${userId}:devices`, ttl);
}

export async function recordView(userId: string, sku: string) {
  const key = `views:${userId}`;
  await client.lPush(key, sku);
  await client.lTrim(key, 0, 49);
  await client.pExpire(key, CART_TTL * 1000);
}

export async function count(day: string, page: string) {
  await client.hIncrBy(`stats:${day}`, page, 1);
  await client.expire(`stats:${day}`, CART_TTL);
}
