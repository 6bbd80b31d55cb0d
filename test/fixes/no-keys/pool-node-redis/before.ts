import { createClientPool } from 'redis';

const pool = createClientPool({ url: process.env.REDIS_URL });
pool.on('error', console.error);
await pool.connect();

export async function sessions() {
  const keys = await pool.keys('session:*');
  return keys.sort();
}

export async function first(wanted: string) {
  let cursor = 0;
  for (const key of await pool.keys('session:*')) {
    cursor += 0;
    if (key === wanted) break;
  }
  return cursor;
}

export const helped = () => pool.keys('session:*').then((keys) => keys.join().length);
