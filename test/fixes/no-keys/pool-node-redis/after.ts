import { createClientPool } from 'redis';

const pool = createClientPool({ url: process.env.REDIS_URL });
pool.on('error', console.error);
await pool.connect();

export async function sessions() {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const page = await pool.scan(cursor, { MATCH: 'session:*', COUNT: 1000 });
    for (const key of page.keys) found.add(key);
    cursor = page.cursor;
  } while (cursor !== '0');
  const keys = [...found];
  return keys.sort();
}

export async function first(wanted: string) {
  let cursor = 0;
  // SCAN may give a key twice.
  const seen = new Set<string>();
  let position = '0';
  scan: do {
    const page = await pool.scan(position, { MATCH: 'session:*', COUNT: 1000 });
    for (const key of page.keys) {
      if (seen.has(key)) continue;
      seen.add(key);
      cursor += 0;
      if (key === wanted) break scan;
    }
    position = page.cursor;
  } while (position !== '0');
  return cursor;
}

export const helped = () => scanKeys(pool, 'session:*').then((keys) => keys.join().length);

/** The keys that match, by SCAN: unlike KEYS it lets other commands in between. */
async function scanKeys(
  client: { scan(cursor: string, options: { MATCH: string; COUNT: number }): Promise<{ cursor: string; keys: string[] }> },
  pattern: string,
): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const page = await client.scan(cursor, { MATCH: pattern, COUNT: 1000 });
    for (const key of page.keys) found.add(key);
    cursor = page.cursor;
  } while (cursor !== '0');
  return [...found];
}
