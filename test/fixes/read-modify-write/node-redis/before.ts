import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function addCredit(userId: string, amount: number): Promise<number> {
  const current = Number((await client.get(`credit:${userId}`)) ?? 0);
  const next = current + amount;
  await client.set(`credit:${userId}`, next);
  return next;
}

export async function useTicket(id: string) {
  let left = Number(await client.get(`tickets:${id}`));
  left -= 1;
  await client.set(`tickets:${id}`, left);
  return left;
}

export async function log(id: string, line: string): Promise<void> {
  const before = (await client.get(`log:${id}`)) ?? '';
  await client.set(`log:${id}`, `${before}${line}`);
}

export async function take(sku: string, quantity: number): Promise<void> {
  const left = Number(await client.hGet(`stock:${sku}`, 'left'));
  await client.hSet(`stock:${sku}`, 'left', left - (quantity + 1));
}

export async function restock(sku: string, quantity: number): Promise<void> {
  const left = Number(await client.hGet(`stock:${sku}`, 'left'));
  await client.hSet(`stock:${sku}`, 'left', left + quantity);
}
