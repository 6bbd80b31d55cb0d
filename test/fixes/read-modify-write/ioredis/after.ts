import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function addCredit(userId: string, amount: number): Promise<number> {
  // whole cents
  const next = await redis.incrby(`credit:${userId}`, amount);
  return next;
}

export async function countVisit(page: string) {
  const key = `visits:${page}`;
  await redis.incr(key);
}

export async function useTicket(id: string) {
  let left = await redis.decr(`tickets:${id}`); // one less
  if (left < 0) left = 0;
  return left;
}

export async function spend(userId: string, cents: number) {
  await redis.decrby(`credit:${userId}`, cents);
}

export async function log(id: string, line: string): Promise<void> {
  await redis.append(`log:${id}`, line + '\n');
}

export async function logWithTime(id: string, line: string, at: number): Promise<void> {
  await redis.append(`log:${id}`, `${at} ${line}`);
}

export async function restock(sku: string, quantity: number): Promise<number> {
  const now = await redis.hincrby(`stock:${sku}`, 'left', quantity);
  return now;
}

export async function take(sku: string, quantity: number): Promise<void> {
  await redis.hincrby(`stock:${sku}`, 'left', -quantity);
}
