import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sendOtp(phone: string, code: string) {
  await redis.set(`otp:${phone}`, code, 'EX', 300); // by text message
}

export async function sendOnce(phone: string, code: string) {
  const reply = await redis.set('otp:once:' + phone, /* six digits */ code, 'EX', 300, 'NX');
  return reply === 'OK';
}

export async function queued(id: string) {
  await redis
    .pipeline()
    .set(`nonce:${id}`, id, 'EX', 300)
    .get(`nonce:${id}`)
    .exec();
}

export async function raw(id: string) {
  return redis.call('SET', `captcha:${id}`, id, 'EX', 300);
}
