import Redis from 'ioredis';

const redis = new Redis();

export async function deleteThread(thread: string) {
  const ids = await redis.smembers(`thread:${thread}:runs`);
  const keys: string[] = [`thread:${thread}:runs`];
  for (const id of ids) keys.push(`run:${id}`);
  await redis.del(...keys); // expect: unbounded-variadic
}

export async function deleteAll() {
  const all: string[] = [];
  let cursor = '0';
  do {
    const reply = await redis.scan(cursor, 'MATCH', 'run:*', 'COUNT', 500);
    cursor = reply[0];
    const keys = reply[1];
    all.push(...keys);
  } while (cursor !== '0');
  if (all.length > 0) await redis.unlink(...all); // expect: unbounded-variadic
}

export async function deleteFew(ids: [string, string]) {
  const keys: string[] = [];
  for (const id of ids) keys.push(`run:${id}`);
  await redis.del(...keys); // quiet: unbounded-variadic -- two
}
