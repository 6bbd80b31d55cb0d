import { Redis } from 'ioredis';

interface Address {
  street: string;
  city: string;
}

export interface Order {
  id: string;
  shipTo: Address;
  lines: { sku: string; quantity: number }[];
}

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function saveOrder(order: Order): Promise<void> {
  await redis.set(`order:${order.id}`, JSON.stringify(order), 'EX', 86_400);
}

export async function keepForEver(id: string): Promise<void> {
  await redis.persist(`order:${id}`);
}

export async function changeCity(id: string, city: string): Promise<boolean> {
  const raw = await redis.get(`order:${id}`);
  if (!raw) return false;
  const order: Order = JSON.parse(raw);
  order.shipTo.city = city;
  await redis.set(`order:${id}`, JSON.stringify(order));
  return true;
}

export async function cityOf(id: string): Promise<string | undefined> {
  return (JSON.parse((await redis.get(`order:${id}`)) ?? 'null') as Order | null)?.shipTo.city;
}
