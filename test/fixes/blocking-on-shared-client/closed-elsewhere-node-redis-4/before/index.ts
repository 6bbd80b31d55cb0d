import { client, ready } from './redis';
export { stop } from './shutdown';

export async function push(job: string) {
  await ready;
  return await client.rPush('jobs', job);
}

export async function next() {
  await ready;
  const popped = await client.blPop('jobs', 1);
  return popped?.element;
}
