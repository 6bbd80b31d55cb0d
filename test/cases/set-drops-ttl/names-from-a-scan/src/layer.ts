import Redis from 'ioredis';

const redis = new Redis();

export async function store(id: string, meta: string, ttl: number) {
  await redis.set(`meta:${id}`, meta, 'EX', ttl);
}

export async function expireTag(tag: string) {
  let cursor = '0';
  do {
    const [next, metaKeys] = await redis.scan(cursor, 'MATCH', 'meta:*', 'COUNT', 100);
    cursor = next;
    const batch = redis.pipeline();
    for (const key of metaKeys) batch.set(key, JSON.stringify({ tag, stale: true })); // expect: set-drops-ttl
    const replies = await batch.exec();
    for (const [error] of replies ?? []) if (error) throw error;
  } while (cursor !== '0');
}

export async function markAll(tag: string) {
  for await (const keys of redis.scanStream({ match: 'mark:*' })) {
    for (const key of keys as string[]) await redis.set(key, tag); // quiet: set-drops-ttl -- these have no TTL
  }
}
