import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export function add(sku: string, quantity: number) {
  return client.eval(`return redis.call('INCRBY', 'stock:${sku}', ${quantity})`);
}

export function take(sku: string, quantity: number, by: string) {
  return client.eval(
    `local left = tonumber(redis.call('GET', KEYS[1]) or '0')
    if left < ${quantity} then return 0 end
    redis.call('HSET', KEYS[2], "${by}", '${sku}:${quantity}')
    return redis.call('DECRBY', KEYS[1], ${quantity})`,
    { keys: [`stock:${sku}`, 'takers'] },
  );
}

export async function isTaken(by: string, what: string) {
  const script = `
    local key = '${by}:takes'
    if redis.call('HGET', 'takers', '${by}') == ARGV[1] then return redis.call('INCR', key) end
    return redis.call('GET', key)`;
  return client.eval(script, { arguments: [what] });
}
