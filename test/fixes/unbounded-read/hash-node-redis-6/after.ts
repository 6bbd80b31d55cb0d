import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function fill() {
  for (let from = 0; from < 20_000; from += 500) {
    await client.hSet('visits:by-user', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`user:${from + index}`, String(from)])));
  }
  await client.hSet('visits:few', '__proto__', 'a');
}

export const visited = (user: string) => client.hIncrBy('visits:by-user', user, 1);
export const seldom = (user: string) => client.hIncrBy('visits:few', user, 1);

export async function visits() {
  const hash: Record<string, string> = {}; // all of them
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field, value } of batch) hash[field] = value;
  }
  return Object.keys(hash).filter((user) => hash[user] === '500').length;
}

export async function lookUp(user: string) {
  const hash: Record<string, string> = {};
  for await (const batch of client.hScanIterator('visits:few', { COUNT: 1000 })) {
    for (const { field, value } of batch) hash[field] = value;
  }
  return [Object.keys(hash), hash[user] ?? null, typeof (hash as Record<string, unknown>).toString];
}

export async function total() {
  let sum = 0;
  const found: Record<string, string> = {};
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field, value } of batch) found[field] = value;
  }
  for (const [user, count] of Object.entries(found)) {
    if (user === 'user:7') continue;
    sum += Number(count);
  }
  const entries: Record<string, string> = {};
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field, value } of batch) entries[field] = value;
  }
  for (const count of Object.values(entries)) sum += Number(count);
  return sum;
}

export async function users() {
  const found = new Set<string>();
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field } of batch) found.add(field);
  }
  return [...found].map((user) => user.slice('user:'.length));
}

export const counts = async () => {
  const found = new Map<string, string>();
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field, value } of batch) found.set(field, value);
  }
  return [...found.values()];
};

export async function everybody() {
  const seen: string[] = [];
  const found = new Set<string>();
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field } of batch) found.add(field);
  }
  for (const user of found) seen.push(user);
  const entries = new Map<string, string>();
  for await (const batch of client.hScanIterator('visits:by-user', { COUNT: 1000 })) {
    for (const { field, value } of batch) entries.set(field, value);
  }
  for (const count of entries.values()) seen.push(count);
  return seen;
}
