import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function fill(id: string) {
  for (let from = 0; from < 20_000; from += 500) {
    await client.sAdd(`followers:${id}`, Array.from({ length: 500 }, (_, index) => `user:${from + index}`));
  }
}

export async function followers(id: string) {
  const found = new Set<string>();
  for await (const member of client.sScanIterator(`followers:${id}`, { COUNT: 1000 })) found.add(member);
  const members = [...found];
  return members.map((member) => member.slice('user:'.length));
}

export async function total(id: string) {
  let sum = 0;
  // SSCAN may give a member twice.
  const seen = new Set<string>();
  for await (const member of client.sScanIterator(`followers:${id}`, { COUNT: 1000 })) {
    if (seen.has(member)) continue;
    seen.add(member);
    sum += Number(member.slice('user:'.length));
  }
  return sum;
}
