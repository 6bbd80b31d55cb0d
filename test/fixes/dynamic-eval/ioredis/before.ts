import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

// what is there, and more
const RESTOCK = `return redis.call('INCRBY', KEYS[1], ARGV[1])`;

export async function restock(sku: string, quantity: number) {
  return redis.eval(RESTOCK, 1, `stock:${sku}`, quantity);
}

export async function restockAll(skus: string[]) {
  return Promise.all(skus.map((sku) => redis.eval(RESTOCK, 1, `stock:${sku}`, 1)));
}
