import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function storeMany(codes: Record<string, string>) {
  const pipeline = redis.multi();
  for (const [phone, code] of Object.entries(codes)) {
    pipeline.set(`otp:${phone}`, code);
    pipeline.expire(`otp:${phone}`, 300);
  }
  const replies = (await pipeline.exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
  return replies;
}
