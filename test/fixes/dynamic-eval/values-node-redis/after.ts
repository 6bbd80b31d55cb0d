import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export function add(sku: string, quantity: number) {
  return client.eval(`return redis.call('INCRBY', KEYS[1], tonumber(ARGV[1]))`, { keys: [`stock:${sku}`], arguments: [String(quantity)] });
}

export function take(sku: string, quantity: number, by: string) {
  return client.eval(
    `local left = tonumber(redis.call('GET', KEYS[1]) or '0')
    if left < tonumber(ARGV[1]) then return 0 end
    redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
    return redis.call('DECRBY', KEYS[1], tonumber(ARGV[1]))`,
    { keys: [`stock:${sku}`, 'takers'], arguments: [String(quantity), by, `${sku}:${quantity}`] },
  );
}

export async function isTaken(by: string, what: string) {
  const script = `
    local key = KEYS[1]
    if redis.call('HGET', 'takers', ARGV[2]) == ARGV[1] then return redis.call('INCR', key) end
    return redis.call('GET', key)`;
  return client.eval(script, { keys: [`${by}:takes`], arguments: [what, by] });
}
