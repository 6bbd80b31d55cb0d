import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function tagInOrder(ids: string[], tag: string): Promise<number> {
  await ready;
  return ids.reduce(
    // one after the other
    (previous, id) => previous.then(() => client.sAdd(`tags:${id}`, tag)),
    Promise.resolve(0),
  );
}

export async function countTagged(ids: string[]): Promise<number> {
  await ready;
  return ids.reduce(async (total, id) => (await total) + (await client.sCard(`tags:${id}`)), Promise.resolve(0));
}

export async function longest(ids: string[]): Promise<string> {
  await ready;
  const most = await ids.reduce(async (max, id) => {
    const count = await client.sCard(`tags:${id}`);
    return Math.max(await max, count);
  }, Promise.resolve(0));
  return `${most} at most`;
}

export async function touch(ids: string[]): Promise<void> {
  await ready;
  await ids.reduce(async (previous, id) => {
    await previous;
    await client.expire(`tags:${id}`, 600);
  }, Promise.resolve());
}
