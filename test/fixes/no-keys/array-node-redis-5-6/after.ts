import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function sessions() {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const keys = [...found];
  if (keys.length === 0) return [];
  const values = await client.mGet(keys);
  return keys.map((key, index) => `${key}=${values[index]}`);
}

export const idsOf = async (kind: string) => {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: `${kind}:*`, COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  return [...found].map((key) => key.split(':')[1]);
};

export async function raw() {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const reply = [...found];
  return reply as unknown as string[];
}

export async function returned(): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'cart:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  return [...found];
}

export async function closed() {
  const other = await client.duplicate().connect();
  await other.quit();
  const found = new Set<string>();
  for await (const batch of other.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const keys = [...found];
  return keys.sort();
}
