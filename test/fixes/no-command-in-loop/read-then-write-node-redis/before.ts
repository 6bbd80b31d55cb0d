import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function expireOld(ids: Set<string>): Promise<number> {
  await ready;
  let expired = 0;
  for (const id of ids) {
    const ttl = await client.ttl(`cart:${id}`);
    if (ttl === -1) {
      await client.expire(`cart:${id}`, 600);
      expired += 1;
    }
  }
  return expired;
}

export async function double(): Promise<string[]> {
  await ready;
  const names = await client.sMembers('numbers');
  const changed: string[] = [];
  for (const name of names) {
    const old = Number(await client.get(`number:${name}`));
    // nothing to do for zero
    if (old === 0) continue;
    await client.set(`number:${name}`, String(old * 2));
    changed.push(name);
  }
  return changed.sort();
}
