import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);
await client.connect();

export async function count(pages: string[]) {
  const multi = client.multi();
  for (const page of pages) multi.incr(`views:${page}`);
  await multi.exec();
}

export async function drop(pages: string[]) {
  const multi = client.multi();
  for (const page of pages) multi.del(`views:${page}`);
  await multi.execAsPipeline();
}
