import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function storeOtp(phone: string, code: string) {
  await redis.set('otp:' + phone, code);
  await redis.expire(`otp:${phone}`, 300);
}

export async function storeToken(id: string, token: string) {
  const key = `token:${id}`;

  // the token itself
  await redis.set(key, token); // as text
  // for a while
  await redis.pexpire(key, /* milliseconds */ 90_000); // a minute and a half

  return key;
}

export async function kept(id: string) {
  const reply = await redis.set(`kept:${id}`, JSON.stringify({ id }));
  await redis.expire(`kept:${id}`, 120);
  return reply;
}

export async function inTry(id: string) {
  try {
    await redis.set(`try:${id}`, id);
    await redis.expire(`try:${id}`, 120);
  } catch (error) {
    console.error(error);
  }
}
