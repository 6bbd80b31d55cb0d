import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const CLAIM_SECONDS = 5 * 60;

export async function acquire(job: string, token: string, seconds: number): Promise<boolean> {
  const key = `lock:${job}`;
  const got = await redis.setnx(key, token); // one owner
  if (got === 1) {
    // not for ever
    await redis.expire(key, seconds);
    return true;
  }
  return false;
}

export async function acquireOrLeave(job: string, token: string): Promise<string> {
  const got = await redis.setnx(`lock:${job}`, token);
  if (!got) return 'held';
  await redis.pexpire(`lock:${job}`, 30_000);
  return 'got';
}

export async function inTest(id: string) {
  if ((await redis.setnx('seen:' + id, id.length)) === 0) return false;
  await redis.expire('seen:' + id, CLAIM_SECONDS);
  return true;
}

export async function onlyThen(id: string) {
  const fresh = await redis.setnx(`once:${id}`, 1);
  if (fresh) await redis.expire(`once:${id}`, 60);
  return fresh > 0 ? 'first' : 'again';
}

export async function unread(id: string) {
  const fresh = await redis.setnx(`unread:${id}`, 1);
  if (fresh === 1) {
    await redis.expire(`unread:${id}`, 60);
  }
}

export async function bare(id: string): Promise<void> {
  if (await redis.setnx(`bare:${id}`, 1)) {
    await redis.expire(`bare:${id}`, 60);
  }
}

export async function withSet(id: string, token: string) {
  const reply = await redis.set(`set:${id}`, token, 'NX');
  if (reply !== 'OK') return reply;
  await redis.expire(`set:${id}`, 90);
  return reply;
}
