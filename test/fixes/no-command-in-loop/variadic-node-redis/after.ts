import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function drop(ids: string[]): Promise<number> {
  await ready;
  let dropped = 0;
  if (ids.length > 0) {
    dropped += await client.del(ids.map((id) => `draft:${id}`));
  }
  return dropped;
}

export async function forget(ids: string[]): Promise<void> {
  await ready;
  if (ids.length > 0) await client.unlink(ids.map((id) => `page:${id}`));
}

export async function existing(keys: string[]): Promise<number> {
  await ready;
  let count = 0;
  if (keys.length > 0) {
    count += await client.exists(keys);
  }
  return count;
}

export async function subscribe(mails: string[]): Promise<number> {
  await ready;
  let added = 0;
  // case means nothing in a mail address
  if (mails.length > 0) {
    added += await client.sAdd('newsletter', mails.map((mail) => mail.toLowerCase()));
  }
  return added;
}

export async function unsubscribe(mails: readonly string[]): Promise<number> {
  await ready;
  let removed = 0;
  if (mails.length > 0) removed += await client.sRem('newsletter', [...mails]);
  return removed;
}

export async function clear(shop: string, fields: (string | undefined)[]): Promise<void> {
  await ready;
  const values: string[] = [];
  for (const field of fields) {
    if (!field) continue;
    values.push(field);
  }
  if (values.length > 0) {
    await client.hDel(`shop:${shop}`, values);
  }
}

export async function unrank(names: Set<string>): Promise<void> {
  await ready;
  const items = [...names];
  if (items.length > 0) {
    await client.zRem('ranks', items);
  }
}

export async function enqueue(jobs: { id: number }[]): Promise<void> {
  await ready;
  if (jobs.length > 0) {
    await client.rPush('jobs', jobs.map((job) => JSON.stringify(job)));
  }
}

export async function stack(words: string[]): Promise<void> {
  await ready;
  const elements: string[] = [];
  for (let i = 0; i < words.length; i++) {
    elements.push(`${i}:${words[i]}`);
  }
  if (elements.length > 0) {
    await client.lPush('stack', elements);
  }
}
