import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function addCredit(userId: string, amount: number): Promise<number> {
  const current = Number((await redis.get(`credit:${userId}`)) ?? 0);
  // whole cents
  const next = current + amount;
  await redis.set(`credit:${userId}`, next);
  return next;
}

export async function countVisit(page: string) {
  const key = `visits:${page}`;
  const raw = await redis.get(key);
  const visits = raw === null ? 0 : parseInt(raw, 10);
  await redis.set(key, String(visits + 1));
}

export async function useTicket(id: string) {
  let left = Number(await redis.get(`tickets:${id}`));
  left--;
  await redis.set(`tickets:${id}`, left); // one less
  if (left < 0) left = 0;
  return left;
}

export async function spend(userId: string, cents: number) {
  const raw = await redis.get(`credit:${userId}`);
  await redis.set(`credit:${userId}`, `${Number(raw ?? '0') - cents}`);
}

export async function log(id: string, line: string): Promise<void> {
  const before = (await redis.get(`log:${id}`)) ?? '';
  await redis.set(`log:${id}`, before + line + '\n');
}

export async function logWithTime(id: string, line: string, at: number): Promise<void> {
  const before = (await redis.get(`log:${id}`)) || '';
  await redis.set(`log:${id}`, `${before}${at} ${line}`);
}

export async function restock(sku: string, quantity: number): Promise<number> {
  const left = Number(await redis.hget(`stock:${sku}`, 'left'));
  const now = left + quantity;
  await redis.hset(`stock:${sku}`, 'left', now);
  return now;
}

export async function take(sku: string, quantity: number): Promise<void> {
  const left = Number(await redis.hget(`stock:${sku}`, 'left'));
  await redis.hset(`stock:${sku}`, 'left', left - quantity);
}
