import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function sessions() {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const keys = [...found];
  return keys.length;
}

export const none = () => scanKeys(client, 'nothing:*').then((keys) => keys.length === 0);

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys(
  client: { scanIterator(options: { MATCH: string; COUNT: number }): AsyncIterable<string[]> },
  pattern: string,
): Promise<string[]> {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  return [...found];
}
