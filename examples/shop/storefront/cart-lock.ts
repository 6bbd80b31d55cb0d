import { randomUUID } from 'node:crypto';
import { redis } from './redis';

const LOCK_SECONDS = 15;

/** One checkout of a cart at a time; resolves with undefined for the second click. */
export async function withCartLock<T>(session: string, work: () => Promise<T>): Promise<T | undefined> {
  const token = randomUUID();
  const got = await redis.setnx(`lock:cart:${session}`, token);
  if (got !== 1) return undefined;
  await redis.expire(`lock:cart:${session}`, LOCK_SECONDS);
  try {
    return await work();
  } finally {
    await redis.del(`lock:cart:${session}`);
  }
}
