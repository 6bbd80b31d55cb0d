import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '', { keyPrefix: 'shop:' });

export async function carts() {
  const keys = await redis.keys('shop:cart:*'); // all of them
  return redis.mget('cart:0', ...keys.sort().map((key) => key.slice('shop:'.length)));
}

export async function values() {
  const found: (string | null)[] = [];
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `shop:cart:${'*'}`, 'COUNT', 500);
    cursor = next;
    for (const key of keys) found.push(await redis.get(key.slice('shop:'.length)));
  } while (cursor !== '0');
  return found.sort();
}

export async function count(kind: string) {
  const match = `${kind}:*`;
  return [match, await find('shop:cart:*')];
}

async function find(pattern: string) {
  let total = 0;
  for await (const keys of redis.scanStream({ match: pattern, count: 500 })) total += await redis.exists('cart:0', ...keys.map((key: string) => key.slice('shop:'.length)));
  return total;
}

export async function shorthand() {
  const match = 'wish:*';
  let total = 0;
  for await (const keys of redis.scanStream({ match: 'shop:' + match })) total += keys.length;
  return total;
}

export const starred = async () => (await redis.keys('shop:*')).length;
