import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function drainMail(user: string): Promise<string[]> {
  const [messages] = (await client.multi().lRange(`mail:${user}`, 0, -1).del(`mail:${user}`).exec()) as unknown as [string[], number];
  return messages;
}

export async function drainCounters(): Promise<Record<string, string>> {
  const [counters] = (await client.multi().hGetAll('counters:minute').unlink('counters:minute').exec()) as unknown as [Record<string, string>, number];
  return { ...counters };
}
