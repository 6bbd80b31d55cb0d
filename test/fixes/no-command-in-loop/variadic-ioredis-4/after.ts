import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drop(ids: string[]): Promise<number> {
  let dropped = 0;
  if (ids.length > 0) {
    dropped += await redis.del(ids.map((id) => `draft:${id}`));
  }
  return dropped;
}

export async function forget(ids: string[]): Promise<void> {
  if (ids.length > 0) await redis.unlink(ids.map((id) => `page:${id}`));
}

export async function existing(keys: string[]): Promise<number> {
  let count = 0;
  if (keys.length > 0) {
    count += await redis.exists(...keys);
  }
  return count;
}

export async function subscribe(mails: string[]): Promise<number> {
  let added = 0;
  // case means nothing in a mail address
  if (mails.length > 0) {
    added += await redis.sadd('newsletter', mails.map((mail) => mail.toLowerCase()));
  }
  return added;
}

export async function unsubscribe(mails: readonly string[]): Promise<number> {
  let removed = 0;
  if (mails.length > 0) removed += await redis.srem('newsletter', [...mails]);
  return removed;
}

export async function clear(shop: string, fields: (string | undefined)[]): Promise<void> {
  const values: string[] = [];
  for (const field of fields) {
    if (!field) continue;
    values.push(field);
  }
  if (values.length > 0) {
    await redis.hdel(`shop:${shop}`, ...values);
  }
}

export async function unrank(names: Set<string>): Promise<void> {
  const items = [...names];
  if (items.length > 0) {
    await redis.zrem('ranks', items);
  }
}

export async function enqueue(jobs: { id: number }[]): Promise<void> {
  if (jobs.length > 0) {
    await redis.rpush('jobs', ...jobs.map((job) => JSON.stringify(job)));
  }
}

export async function stack(words: string[]): Promise<void> {
  const elements: string[] = [];
  for (let i = 0; i < words.length; i++) {
    elements.push(`${i}:${words[i]}`);
  }
  if (elements.length > 0) {
    await redis.lpush('stack', ...elements);
  }
}
