import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions() {
  // every session, in any order
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found]; // may be many
  if (keys.length === 0) return [];
  const values = await redis.mget(keys);

  return keys.map((key, index) => `${key}=${values[index]}`);
}

export async function idsOf(kind: string): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: `${kind}:*`, count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const ids = [...found].map((key) => key.split(':')[1] ?? '');
  return ids.filter((id) => id !== '2');
}

export const shown = async () => {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  return { total: 3, names: [...found] };
};

export async function upper() {
  try {
    const found = new Set<string>();
    for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
      for (const key of batch as string[]) found.add(key);
    }
    return [...found].map((key) => key.toUpperCase());
  } catch (error) {
    console.error('no names', error);
    return [];
  }
}

export async function returned() {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'cart:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  return [...found];
}

export async function closed() {
  const client = redis.duplicate();
  client.disconnect();
  const found = new Set<string>();
  for await (const batch of client.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  const keys = [...found];
  return keys.sort();
}
