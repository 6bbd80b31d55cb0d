import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function tagInOrder(ids: string[], tag: string): Promise<number> {
  await ready;
  // one after the other
  return Promise.all(ids.map((id) => client.sAdd(`tags:${id}`, tag))).then((replies) => replies[replies.length - 1] ?? 0);
}

export async function countTagged(ids: string[]): Promise<number> {
  await ready;
  const counts = await Promise.all(ids.map((id) => client.sCard(`tags:${id}`)));
  return counts.reduce((total, count) => total + count, 0);
}

export async function longest(ids: string[]): Promise<string> {
  await ready;
  const counts = await Promise.all(ids.map((id) => client.sCard(`tags:${id}`)));
  const most = counts.reduce((max, count) => {
    return Math.max(max, count);
  }, 0);
  return `${most} at most`;
}

export async function touch(ids: string[]): Promise<void> {
  await ready;
  await Promise.all(ids.map((id) => client.expire(`tags:${id}`, 600)));
}
