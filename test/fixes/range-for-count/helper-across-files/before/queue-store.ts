import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function pendingJobs(queue: string): Promise<string[]> {
  return client.lRange(`queue:${queue}:pending`, 0, -1);
}

export async function workers(queue: string) {
  const found = await client.zRange(`queue:${queue}:workers`, 0, -1);
  return found;
}
