import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

export async function save(token: string, user: string, seconds?: number) {
  return redis.set(`token:${token}`, user, 'EX', seconds!);
}

export async function renew(token: string, seconds?: number) {
  await redis.expire(`token:${token}`, seconds!);
}
