import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const DAY = 86_400;

export async function claimCoupon(code: string, userId: string): Promise<boolean> {
  const key = `coupon:${code}:owner`;
  // first come, first served
  if ((await redis.set(key, userId, 'NX')) === null) return false;
  return true;
}

export async function claimUsername(name: string, userId: string): Promise<boolean> {
  if ((await redis.set(`username:${name}`, userId, 'EX', DAY, 'NX')) === null) {
    return false;
  } // for a day
  return true;
}

export async function tryLock(source: string): Promise<boolean> {
  if ((await redis.set(`lock:${source}`, String(source.length), 'EX', 120, 'NX')) !== null) {
    return true;
  }
  return false;
}

export async function start(job: string): Promise<string> {
  if ((await redis.set(`started:${job}`, JSON.stringify({ job }), 'PX', 90_000, 'NX')) !== null) {
    // only once
    return 'started';
  } else {
    return 'running';
  }
}
