import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function storeOtp(phone: string, code: string) {
  await redis.set('otp:' + phone, code, 'EX', 300);
}

export async function storeToken(id: string, token: string) {
  const key = `token:${id}`;

  // the token itself
  // for a while
  /* milliseconds */
  // a minute and a half
  await redis.set(key, token, 'PX', 90_000); // as text

  return key;
}

export async function kept(id: string) {
  const reply = await redis.set(`kept:${id}`, JSON.stringify({ id }), 'EX', 120);
  return reply;
}

export async function inTry(id: string) {
  try {
    await redis.set(`try:${id}`, id, 'EX', 120);
  } catch (error) {
    console.error(error);
  }
}
