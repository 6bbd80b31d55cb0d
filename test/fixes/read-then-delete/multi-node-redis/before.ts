import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function drainMail(user: string): Promise<string[]> {
  const messages = await client.lRange(`mail:${user}`, 0, -1);
  await client.del(`mail:${user}`);
  return messages;
}

export async function drainCounters(): Promise<Record<string, string>> {
  const counters = await client.hGetAll('counters:minute');
  await client.unlink('counters:minute');
  return { ...counters };
}
