import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const DAY = 86_400;

export async function claimCoupon(code: string, userId: string): Promise<boolean> {
  const key = `coupon:${code}:owner`;
  // first come, first served
  if (await redis.exists(key)) return false;
  await redis.set(key, userId);
  return true;
}

export async function claimUsername(name: string, userId: string): Promise<boolean> {
  const taken = await redis.get(`username:${name}`);
  if (taken !== null) {
    return false;
  }
  await redis.set(`username:${name}`, userId, 'EX', DAY); // for a day
  return true;
}

export async function tryLock(source: string): Promise<boolean> {
  const held = await redis.exists(`lock:${source}`);
  if (held === 0) {
    await redis.setex(`lock:${source}`, 120, String(source.length));
    return true;
  }
  return false;
}

export async function start(job: string): Promise<string> {
  if (!(await redis.get(`started:${job}`))) {
    // only once
    await redis.psetex(`started:${job}`, 90_000, JSON.stringify({ job }));
    return 'started';
  } else {
    return 'running';
  }
}
