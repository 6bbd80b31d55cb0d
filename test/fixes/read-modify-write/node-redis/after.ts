import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function addCredit(userId: string, amount: number): Promise<number> {
  const next = await client.incrBy(`credit:${userId}`, amount);
  return next;
}

export async function useTicket(id: string) {
  const left = await client.decr(`tickets:${id}`);
  return left;
}

export async function log(id: string, line: string): Promise<void> {
  await client.append(`log:${id}`, line);
}

export async function take(sku: string, quantity: number): Promise<void> {
  await client.hIncrBy(`stock:${sku}`, 'left', -(quantity + 1));
}

export async function restock(sku: string, quantity: number): Promise<void> {
  await client.hIncrBy(`stock:${sku}`, 'left', quantity);
}
