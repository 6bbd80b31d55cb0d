import { createClient } from 'redis';

export const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (error) => console.error(error));

export async function closeClient() {
  if (client.isOpen) await client.close();
}

export async function touch(worker: string) {
  await client.hSet(`worker:${worker}`, 'seen', Date.now());
}

export async function touchIfOpen(worker: string) {
  if (client.isOpen) await client.hSet(`worker:${worker}`, 'seen', Date.now());
}

export async function touchAgain(worker: string) {
  if (!client.isOpen) await client.connect();
  await client.hSet(`worker:${worker}`, 'seen', Date.now());
}
