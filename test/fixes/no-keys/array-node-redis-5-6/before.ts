import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function sessions() {
  const keys = await client.keys('session:*');
  if (keys.length === 0) return [];
  const values = await client.mGet(keys);
  return keys.map((key, index) => `${key}=${values[index]}`);
}

export const idsOf = async (kind: string) => (await client.KEYS(`${kind}:*`)).map((key) => key.split(':')[1]);

export async function raw() {
  const reply = await client.sendCommand(['KEYS', 'session:*']);
  return reply as unknown as string[];
}

export async function returned(): Promise<string[]> {
  return client.keys('cart:*');
}

export async function closed() {
  const other = await client.duplicate().connect();
  await other.quit();
  const keys = await other.keys('session:*');
  return keys.sort();
}
