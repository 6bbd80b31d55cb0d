import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

// what is there, and more
const RESTOCK = `return redis.call('INCRBY', KEYS[1], ARGV[1])`;
redis.defineCommand('restockScript', { numberOfKeys: 1, lua: RESTOCK });

declare module 'ioredis' {
  interface RedisCommander<Context> {
    restockScript(...args: (string | Buffer | number)[]): import('ioredis').Result<unknown, Context>;
  }
}

export async function restock(sku: string, quantity: number) {
  return redis.restockScript(`stock:${sku}`, quantity);
}

export async function restockAll(skus: string[]) {
  return Promise.all(skus.map((sku) => redis.restockScript(`stock:${sku}`, 1)));
}
