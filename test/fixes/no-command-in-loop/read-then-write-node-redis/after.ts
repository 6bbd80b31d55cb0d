import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function expireOld(ids: Set<string>): Promise<number> {
  await ready;
  let expired = 0;
  const replies = await Promise.all(
    Array.from(ids, async (id) => ({ id, ttl: await client.ttl(`cart:${id}`) })),
  );
  const pending = [];
  for (const { id, ttl } of replies) {
    if (ttl === -1) {
      pending.push(client.expire(`cart:${id}`, 600));
      expired += 1;
    }
  }
  await Promise.all(pending);
  return expired;
}

export async function double(): Promise<string[]> {
  await ready;
  const names = await client.sMembers('numbers');
  const changed: string[] = [];
  const replies = await Promise.all(
    names.map(async (name) => ({ name, value: await client.get(`number:${name}`) })),
  );
  const pending = [];
  for (const { name, value } of replies) {
    const old = Number(value);
    // nothing to do for zero
    if (old === 0) continue;
    pending.push(client.set(`number:${name}`, String(old * 2)));
    changed.push(name);
  }
  await Promise.all(pending);
  return changed.sort();
}
