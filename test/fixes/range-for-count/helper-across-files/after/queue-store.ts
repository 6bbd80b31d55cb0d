import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function pendingJobs(queue: string): Promise<number> {
  return client.lLen(`queue:${queue}:pending`);
}

export async function workers(queue: string) {
  const found = await client.zCard(`queue:${queue}:workers`);
  return found;
}
