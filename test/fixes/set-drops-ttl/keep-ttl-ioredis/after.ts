import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function open(id: string, text: string) {
  await redis.set(`draft:${id}`, text, 'EX', 300);
}

export async function save(id: string, text: string) {
  await redis.set(`draft:${id}`, text, 'KEEPTTL'); // as typed
}

export async function saveIfOpen(id: string, text: string) {
  return redis.set(`draft:${id}`, text, 'KEEPTTL', 'XX');
}

export async function resetQuota(tenant: string, left: number) {
  await redis.set(`quota:${tenant}`, left, 'KEEPTTL');
  await redis.expire(`quota:${tenant}`, 300, 'NX');
}
