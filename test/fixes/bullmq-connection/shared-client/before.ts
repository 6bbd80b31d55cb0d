import { once } from 'node:events';
import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

async function connections(): Promise<number> {
  return String(await redis.client('LIST')).trim().split('\n').length;
}

class Mailer {
  private readonly worker: Worker<{ to: string }, string>;

  constructor(private readonly sender: string) {
    this.worker = new Worker('letters', (job) => this.send(job), { connection: redis, concurrency: 2, autorun: false });
    void this.worker.run();
  }

  private async send(job: Job<{ to: string }>): Promise<string> {
    return `${this.sender} to ${job.data.to}`;
  }

  async done(): Promise<string> {
    const [, result] = (await once(this.worker, 'completed')) as [unknown, string];
    return result;
  }

  async close(): Promise<void> {
    await this.worker.close();
  }
}

/** And how many connections are left over. */
export async function deliver(from: string, to: string): Promise<[string, number]> {
  const before = await connections();
  const mailer = new Mailer(from);
  const queue = new Queue('letters', { connection: redis });
  await queue.add('mail', { to });
  const result = await mailer.done();
  await mailer.close();
  await queue.obliterate({ force: true });
  await queue.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  return [result, (await connections()) - before];
}
