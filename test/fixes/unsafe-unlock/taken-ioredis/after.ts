import { randomUUID } from 'node:crypto';
import Redis from 'ioredis'; // one for all

const RELEASE_LOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function withLock(name: string, value: string): Promise<string | undefined> {
  const key = `lock:${name}`;
  const token = randomUUID();
  if ((await redis.set(key, token, 'PX', 10_000, 'NX')) !== 'OK') return undefined;
  try {
    return `${value} done`;
  } finally {
    // others may go on
    await redis.eval(RELEASE_LOCK, 1, key, token);
  }
}

export async function payout(account: string, token: string) {
  const ok = await redis.set(`payout-lock:${account}`, token, 'EX', 60, 'NX');
  if (!ok) throw new Error('already running');
  await redis.incr(`payouts:${account}`);
  await redis.eval(RELEASE_LOCK, 1, `payout-lock:${account}`, token);
}
