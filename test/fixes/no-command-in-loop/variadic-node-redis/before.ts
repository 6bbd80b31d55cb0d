import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function drop(ids: string[]): Promise<number> {
  await ready;
  let dropped = 0;
  for (const id of ids) {
    dropped += await client.del(`draft:${id}`);
  }
  return dropped;
}

export async function forget(ids: string[]): Promise<void> {
  await ready;
  for (const id of ids) await client.unlink(`page:${id}`);
}

export async function existing(keys: string[]): Promise<number> {
  await ready;
  let count = 0;
  for (const key of keys) {
    const exists = await client.exists(key);
    count += exists;
  }
  return count;
}

export async function subscribe(mails: string[]): Promise<number> {
  await ready;
  let added = 0;
  for (const mail of mails) {
    // case means nothing in a mail address
    added += await client.sAdd('newsletter', mail.toLowerCase());
  }
  return added;
}

export async function unsubscribe(mails: readonly string[]): Promise<number> {
  await ready;
  let removed = 0;
  for (const mail of mails) removed += await client.sRem('newsletter', mail);
  return removed;
}

export async function clear(shop: string, fields: (string | undefined)[]): Promise<void> {
  await ready;
  for (const field of fields) {
    if (!field) continue;
    await client.hDel(`shop:${shop}`, field);
  }
}

export async function unrank(names: Set<string>): Promise<void> {
  await ready;
  for (const name of names) {
    await client.zRem('ranks', name);
  }
}

export async function enqueue(jobs: { id: number }[]): Promise<void> {
  await ready;
  for (const job of jobs) {
    await client.rPush('jobs', JSON.stringify(job));
  }
}

export async function stack(words: string[]): Promise<void> {
  await ready;
  for (let i = 0; i < words.length; i++) {
    await client.lPush('stack', `${i}:${words[i]}`);
  }
}
