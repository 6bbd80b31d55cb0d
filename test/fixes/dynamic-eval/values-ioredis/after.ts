import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export function add(sku: string, quantity: number) {
  return redis.eval(`return redis.call('INCRBY', KEYS[1], tonumber(ARGV[1]))`, 1, `stock:${sku}`, quantity);
}

export function take(sku: string, quantity: number, by: string) {
  return redis.eval(
    `local left = tonumber(redis.call('GET', KEYS[1]) or '0')
    if left < tonumber(ARGV[1]) then return 0 end
    redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
    return redis.call('DECRBY', KEYS[1], tonumber(ARGV[1])) + tonumber(ARGV[4])`,
    2,
    `stock:${sku}`,
    'takers', quantity, by, `${sku}:${quantity}`, 0.5 * quantity,
  );
}

export async function isTaken(by: string, what: string) {
  const script = `
    local key = KEYS[1]
    if redis.call('HGET', 'takers', ARGV[2]) == ARGV[1] then return redis.call('INCR', key) end
    return redis.call('GET', key)`;
  return redis.eval(script, 1, `${by}:takes`, what, by);
}
