import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function sample(match: string): Promise<string | undefined> {
  const reply = await client.scan('0', { MATCH: match, COUNT: 100 });
  return reply.keys[0];
}

export async function invoices() {
  const { keys: all } = await client.scan('0', { MATCH: 'invoice:*' });
  return all.sort();
}
