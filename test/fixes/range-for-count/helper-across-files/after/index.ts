import { pendingJobs, workers } from './queue-store';

export async function health(queue: string) {
  const pendingCount = await pendingJobs(queue);
  const idle = (await workers(queue)) === 0;
  return { pending: pendingCount, idle };
}

export async function isQuiet(queue: string): Promise<boolean> {
  return (await pendingJobs(queue)) === 0;
}
