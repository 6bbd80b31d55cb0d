import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions() {
  const found = new Set<string>();
  let cursor = 0; // where it is
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', 'session:*', 'COUNT', 500);
    cursor = parseInt(next, 10);
    keys.forEach((key) => found.add(key));
  } while (cursor !== 0);
  return [...found].sort();
}

export async function fields() {
  const found: string[] = [];
  let cursor: number = 0;
  while (true) {
    const reply = await redis.hscan('device', String(cursor), 'COUNT', 200);
    cursor = Number(reply[0]);
    found.push(...reply[1]);
    if (cursor === 0) break;
  }
  return found;
}

export async function members() {
  let cursor = 0;
  let total = 0;
  do {
    const [next, page] = await redis.sscan('tags', cursor.toString());
    total += page.length;
    cursor = +next;
  } while (cursor > 0);
  return total;
}
