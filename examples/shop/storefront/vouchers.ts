import { redis } from './redis';

/** A voucher is good for one order. */
export async function redeemVoucher(code: string, customer: string): Promise<boolean> {
  if (await redis.exists(`voucher:redeemed:${code}`)) return false;
  await redis.set(`voucher:redeemed:${code}`, customer);
  return true;
}

/** A gift card belongs to the first who types its number: one command decides. */
export async function claimGiftCard(number: string, customer: string): Promise<boolean> {
  return (await redis.set(`giftcard:${number}`, customer, 'NX')) === 'OK';
}

/** Points that one customer gives to another. */
export async function givePoints(from: string, to: string, points: number): Promise<void> {
  await redis.pipeline().decrby(`points:${from}`, points).incrby(`points:${to}`, points).exec();
}
