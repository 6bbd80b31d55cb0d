import { randomUUID } from 'node:crypto';
import { redis } from './redis';

/** For the link in a mail, which signs its reader in once. */
export async function createSignInToken(customer: string): Promise<string> {
  const token = randomUUID();
  await redis.set(`signin:token:${token}`, customer);
  return token;
}

export async function useSignInToken(token: string): Promise<string | null> {
  const customer = await redis.get(`signin:token:${token}`);
  if (!customer) return null;
  await redis.del(`signin:token:${token}`);
  return customer;
}

export async function rememberCurrency(customer: string, currency: string): Promise<void> {
  await redis.set(`currency:${customer}`, currency, 'EX', 2_592_000);
}

/** Forgotten a month after it was last asked for. */
export async function currencyOf(customer: string): Promise<string> {
  const currency = await redis.get(`currency:${customer}`);
  await redis.expire(`currency:${customer}`, 2_592_000);
  return currency ?? 'EUR';
}
