import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

interface User {
  name: string;
}

export async function users(ids: string[]): Promise<User[]> {
  await ready;
  const users: User[] = [];
  const raws = ids.length > 0 ? await client.mGet(ids.map((id) => `user:${id}`)) : [];
  for (const raw of raws) {
    // users may be gone meanwhile
    if (raw) users.push(JSON.parse(raw) as User);
  }
  return users;
}

export async function byId(ids: readonly string[]): Promise<[string, string][]> {
  await ready;
  const found = new Map<string, string>();

  const raws = ids.length > 0 ? await client.mGet(ids.map((id) => `user:${id}`)) : [];
  for (const [index, id] of ids.entries()) {
    const raw = raws[index] ?? null; // one at a time

    if (raw === null) continue;
    found.set(id, raw);
  }

  return [...found];
}

export async function present(keys: string[]): Promise<boolean[]> {
  await ready;
  const present: boolean[] = [];
  const values = keys.length > 0 ? await client.mGet(keys) : [];
  for (const value of values) present.push(value !== null);
  return present;
}

export async function names(ids: (string | undefined)[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  const queued = [];
  const keys: string[] = [];
  for (const id of ids) {
    // no id, no user
    if (!id) continue;
    const key = `user:${id}`;
    keys.push(key);
    queued.push({ id, key });
  }
  const values = keys.length > 0 ? await client.mGet(keys) : [];
  for (const [index, { id, key }] of queued.entries()) {
    const value = values[index] ?? null;
    const raw = value ?? '{}';
    names.push(`${id}=${(JSON.parse(raw) as Partial<User>).name ?? key}`);
  }
  return names;
}

export async function numbered(ids: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const keys: string[] = [];
  for (let i = 0; i < ids.length; i++) {
    keys.push(`user:${ids[i]}`);
  }
  const raws = keys.length > 0 ? await client.mGet(keys) : [];
  for (let i = 0; i < ids.length; i++) {
    const raw = raws[i] ?? null;
    lines.push(`${i}: ${raw}`);
  }
  return lines;
}
