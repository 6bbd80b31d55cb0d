import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drop(ids: string[]): Promise<number> {
  let dropped = 0;
  for (const id of ids) {
    dropped += await redis.del(`draft:${id}`);
  }
  return dropped;
}

export async function forget(ids: string[]): Promise<void> {
  for (const id of ids) await redis.unlink(`page:${id}`);
}

export async function existing(keys: string[]): Promise<number> {
  let count = 0;
  for (const key of keys) {
    const exists = await redis.exists(key);
    count += exists;
  }
  return count;
}

export async function subscribe(mails: string[]): Promise<number> {
  let added = 0;
  for (const mail of mails) {
    // case means nothing in a mail address
    added += await redis.sadd('newsletter', mail.toLowerCase());
  }
  return added;
}

export async function unsubscribe(mails: readonly string[]): Promise<number> {
  let removed = 0;
  for (const mail of mails) removed += await redis.srem('newsletter', mail);
  return removed;
}

export async function clear(shop: string, fields: (string | undefined)[]): Promise<void> {
  for (const field of fields) {
    if (!field) continue;
    await redis.hdel(`shop:${shop}`, field);
  }
}

export async function unrank(names: Set<string>): Promise<void> {
  for (const name of names) {
    await redis.zrem('ranks', name);
  }
}

export async function enqueue(jobs: { id: number }[]): Promise<void> {
  for (const job of jobs) {
    await redis.rpush('jobs', JSON.stringify(job));
  }
}

export async function stack(words: string[]): Promise<void> {
  for (let i = 0; i < words.length; i++) {
    await redis.lpush('stack', `${i}:${words[i]}`);
  }
}
