import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export function add(sku: string, quantity: number) {
  return redis.eval(`return redis.call('INCRBY', 'stock:${sku}', ${quantity})`, 0);
}

export function take(sku: string, quantity: number, by: string) {
  return redis.eval(
    `local left = tonumber(redis.call('GET', KEYS[1]) or '0')
    if left < ${quantity} then return 0 end
    redis.call('HSET', KEYS[2], "${by}", '${sku}:${quantity}')
    return redis.call('DECRBY', KEYS[1], ${quantity}) + ${0.5 * quantity}`,
    2,
    `stock:${sku}`,
    'takers',
  );
}

export async function isTaken(by: string, what: string) {
  const script = `
    local key = '${by}:takes'
    if redis.call('HGET', 'takers', '${by}') == ARGV[1] then return redis.call('INCR', key) end
    return redis.call('GET', key)`;
  return redis.eval(script, 0, what);
}
