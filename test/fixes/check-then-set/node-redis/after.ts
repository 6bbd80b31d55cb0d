import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function claimCoupon(code: string, userId: string): Promise<boolean> {
  const key = `coupon:${code}:owner`;
  if ((await client.set(key, userId, { EX: 60, NX: true })) === null) {
    return false;
  }
  return true;
}

export async function tryLock(source: string): Promise<boolean> {
  if ((await client.set(`lock:${source}`, String(source.length), { EX: 120, NX: true })) !== null) {
    return true;
  }
  return false;
}

export async function register(name: string, id: string): Promise<void> {
  if ((await client.set(`name:${name}`, id, { NX: true })) === null) throw new Error('taken');
}
