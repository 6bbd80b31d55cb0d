import { Redis } from 'ioredis';

interface Address {
  street: string;
  city: string;
}

export interface Order {
  id: string;
  shipTo: Address;
  lines: { sku: string; quantity: number }[];
}

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function saveOrder(order: Order): Promise<void> {
  await writeOrder(redis, `order:${order.id}`, order, 86_400);
}

export async function keepForEver(id: string): Promise<void> {
  await redis.persist(`order:${id}`);
}

export async function changeCity(id: string, city: string): Promise<boolean> {
  const order = await readOrder(redis, `order:${id}`);
  if (!order) return false;
  order.shipTo.city = city;
  await writeOrder(redis, `order:${id}`, order);
  return true;
}

export async function cityOf(id: string): Promise<string | undefined> {
  return (await readOrder(redis, `order:${id}`))?.shipTo.city;
}

/** Keeps an order as a document of RedisJSON, in the place of whatever the key held, as SET does. */
async function writeOrder(client: Redis, key: string, order: object, seconds?: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.call('JSON.SET', key, '$', JSON.stringify(order));
  if (seconds !== undefined) multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads an order, null where there is none. One that is still kept as text is made a document first, with its time to live. */
async function readOrder<T = Order>(client: Redis, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const json = await client.call('JSON.GET', key);
      return json === null ? null : JSON.parse(String(json));
    } catch (error) {
      // "WRONGTYPE …", or "Existing key has wrong Redis type".
      if (attempt === 3 || !/WRONGTYPE|wrong Redis type/.test(String(error))) throw error;
    }
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' then return 0 end
      local json = redis.call('GET', KEYS[1])
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      local done = redis.pcall('JSON.SET', KEYS[1], '$', json)
      if done.err then redis.call('SET', KEYS[1], json) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return done`;
    await client.eval(script, 1, key);
  }
}
