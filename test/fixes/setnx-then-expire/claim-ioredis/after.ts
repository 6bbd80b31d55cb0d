import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const CLAIM_SECONDS = 5 * 60;

export async function acquire(job: string, token: string, seconds: number): Promise<boolean> {
  const key = `lock:${job}`;
  // not for ever
  const got = await redis.set(key, token, 'EX', seconds, 'NX'); // one owner
  if (got === 'OK') {
    return true;
  }
  return false;
}

export async function acquireOrLeave(job: string, token: string): Promise<string> {
  const got = await redis.set(`lock:${job}`, token, 'PX', 30_000, 'NX');
  if (!got) return 'held';
  return 'got';
}

export async function inTest(id: string) {
  if ((await redis.set('seen:' + id, id.length, 'EX', CLAIM_SECONDS, 'NX')) === null) return false;
  return true;
}

export async function onlyThen(id: string) {
  const fresh = await redis.set(`once:${id}`, 1, 'EX', 60, 'NX');
  return fresh === 'OK' ? 'first' : 'again';
}

export async function unread(id: string) {
  await redis.set(`unread:${id}`, 1, 'EX', 60, 'NX');
}

export async function bare(id: string): Promise<void> {
  await redis.set(`bare:${id}`, 1, 'EX', 60, 'NX');
}

export async function withSet(id: string, token: string) {
  const reply = await redis.set(`set:${id}`, token, 'EX', 90, 'NX');
  if (reply !== 'OK') return reply;
  return reply;
}
