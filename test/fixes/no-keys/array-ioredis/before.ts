import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions() {
  // every session, in any order
  const keys = await redis.keys('session:*'); // may be many
  if (keys.length === 0) return [];
  const values = await redis.mget(keys);

  return keys.map((key, index) => `${key}=${values[index]}`);
}

export async function idsOf(kind: string): Promise<string[]> {
  const ids = (await redis.keys(`${kind}:*`)).map((key) => key.split(':')[1] ?? '');
  return ids.filter((id) => id !== '2');
}

export const shown = async () => ({ total: 3, names: await redis.keys('session:*') });

export async function upper() {
  try {
    return (await redis.keys('session:*')).map((key) => key.toUpperCase());
  } catch (error) {
    console.error('no names', error);
    return [];
  }
}

export async function returned() {
  return redis.keys('cart:*');
}

export async function closed() {
  const client = redis.duplicate();
  client.disconnect();
  const keys = await client.keys('session:*');
  return keys.sort();
}
