import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const url = process.env.REDIS_URL ?? '';
export const redis = new Redis(url, { maxRetriesPerRequest: 3 });

async function connections(): Promise<number> {
  return String(await redis.client('LIST')).trim().split('\n').length;
}

/** And how many connections are left over. */
export async function count(words: string): Promise<[unknown, number]> {
  const before = await connections();
  const events = new QueueEvents('counts', { connection: redis.duplicate({ maxRetriesPerRequest: null, lazyConnect: true }) });
  await events.waitUntilReady();
  const queue = new Queue('counts', { connection: redis });
  const client = new Redis(url, { maxRetriesPerRequest: null });
  const worker = new Worker<{ words: string }, number>('counts', async (job) => job.data.words.split(' ').length, { connection: client });
  const job = await queue.add('count', { words });
  const result: unknown = await job.waitUntilFinished(events);
  await Promise.all([events.close(), worker.close()]);
  await client.quit();
  await queue.obliterate({ force: true });
  await queue.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  return [result, (await connections()) - before];
}
