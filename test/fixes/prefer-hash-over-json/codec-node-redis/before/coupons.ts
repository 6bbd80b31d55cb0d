import { createClient } from 'redis';
import { decodeCoupon, encodeCodes, encodeCoupon, type Coupon } from './codec';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error('redis', err));
await client.connect();

export async function saveCoupon(coupon: Coupon) {
  await client.set(`coupon:${coupon.code}`, encodeCoupon(coupon));
}

export async function saveActiveCodes(codes: string[]) {
  await client.set('coupons:active', encodeCodes(codes));
}

export async function discount(code: string): Promise<number> {
  const raw = await client.get(`coupon:${code}`);
  return raw ? decodeCoupon(raw).percent : 0;
}
