import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function members(keys: string[]) {
  const all = keys.length > 0 ? await client.sUnion(keys) : [];
  return all.sort();
}

export const visitors = (days: string[]) => days.length > 0 ? client.pfCount(days) : Promise.resolve(0);
