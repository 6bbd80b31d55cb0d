import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function sample(match: string): Promise<string | undefined> {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: match, COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const keys = [...found];
  return keys[0];
}

export async function invoices() {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: 'invoice:*', COUNT: 1000 })) {
    for (const key of batch) found.add(key);
  }
  const all = [...found];
  return all.sort();
}
