import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function claimCoupon(code: string, userId: string): Promise<boolean> {
  const key = `coupon:${code}:owner`;
  if ((await client.exists(key)) > 0) {
    return false;
  }
  await client.set(key, userId, { EX: 60 });
  return true;
}

export async function tryLock(source: string): Promise<boolean> {
  const held = await client.exists(`lock:${source}`);
  if (held === 0) {
    await client.setEx(`lock:${source}`, 120, String(source.length));
    return true;
  }
  return false;
}

export async function register(name: string, id: string): Promise<void> {
  const taken = await client.get(`name:${name}`);
  if (taken) throw new Error('taken');
  await client.set(`name:${name}`, id);
}
