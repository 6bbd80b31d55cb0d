import { redis } from './redis';

const CART_SECONDS = 14 * 24 * 3600;

export interface CartLine {
  sku: string;
  quantity: number;
  price: number;
  inStock: boolean;
}

export async function putInCart(session: string, sku: string, quantity: number): Promise<void> {
  await redis.hset(`cart:${session}`, sku, quantity);
  await redis.expire(`cart:${session}`, CART_SECONDS);
}

export async function cartLines(session: string): Promise<CartLine[]> {
  const cart = await redis.hgetall(`cart:${session}`);
  const lines: CartLine[] = [];
  for (const [sku, quantity] of Object.entries(cart)) {
    const price = await redis.hget(`product:${sku}`, 'price');
    const stock = await redis.get(`stock:${sku}`);
    lines.push({ sku, quantity: Number(quantity), price: Number(price ?? 0), inStock: Number(stock ?? 0) >= Number(quantity) });
  }
  return lines;
}

/** The number shown on the basket icon. */
export async function cartSize(session: string): Promise<number> {
  return Object.keys(await redis.hgetall(`cart:${session}`)).length;
}

export async function removeFromCart(session: string, skus: string[]): Promise<void> {
  for (const sku of skus) {
    await redis.hdel(`cart:${session}`, sku);
  }
}

/** Turns the cart into an order: all of it, or nothing. */
export async function checkout(session: string, orderId: string, total: number): Promise<void> {
  const replies = await redis
    .multi()
    .hset(`order:${orderId}`, { session, total, status: 'placed' })
    .rpush('orders:queue', orderId)
    .xadd('orders:events', 'MAXLEN', '~', 10_000, '*', 'type', 'placed', 'order', orderId)
    .del(`cart:${session}`)
    .exec();
  if (replies === null) throw new Error(`order ${orderId} was not placed`);
  for (const [error] of replies) if (error) throw error;
}

/** What is left of a half-hour reservation, in seconds. */
export async function reservationLeft(session: string): Promise<number> {
  const seconds = await redis.ttl(`reservation:${session}`);
  return Math.max(seconds, 0);
}
