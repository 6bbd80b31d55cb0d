import { pendingJobs, workers } from './queue-store';

export async function health(queue: string) {
  const pending = await pendingJobs(queue);
  const idle = (await workers(queue)).length === 0;
  return { pending: pending.length, idle };
}

export async function isQuiet(queue: string): Promise<boolean> {
  return (await pendingJobs(queue)).length === 0;
}
