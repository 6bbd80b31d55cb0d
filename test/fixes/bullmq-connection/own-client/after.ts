import { once } from 'node:events';
import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';

const url = process.env.REDIS_URL ?? '';
const connection = new Redis(url, { maxRetriesPerRequest: null }).on('error', (error) => console.error(error));

export async function deliver(to: string): Promise<string> {
  const worker = new Worker('mails', async (job: Job<{ to: string }>) => `sent to ${job.data.to}`, { connection, autorun: false });
  const client = new Redis(url);
  const queue = new Queue('mails', { connection: client });
  void worker.run();
  await queue.add('mail', { to });
  const [, result] = (await once(worker, 'completed')) as [unknown, string];
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  await client.quit();
  return result;
}
