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
  for (const id of ids) {
    const raw = await client.get(`user:${id}`);
    // users may be gone meanwhile
    if (raw) users.push(JSON.parse(raw) as User);
  }
  return users;
}

export async function byId(ids: readonly string[]): Promise<[string, string][]> {
  await ready;
  const found = new Map<string, string>();

  for (const id of ids) {
    const raw = await client.get(`user:${id}`); // one at a time

    if (raw === null) continue;
    found.set(id, raw);
  }

  return [...found];
}

export async function present(keys: string[]): Promise<boolean[]> {
  await ready;
  const present: boolean[] = [];
  for (const key of keys) present.push((await client.get(key)) !== null);
  return present;
}

export async function names(ids: (string | undefined)[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  for (const id of ids) {
    // no id, no user
    if (!id) continue;
    const key = `user:${id}`;
    const raw = (await client.get(key)) ?? '{}';
    names.push(`${id}=${(JSON.parse(raw) as Partial<User>).name ?? key}`);
  }
  return names;
}

export async function numbered(ids: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (let i = 0; i < ids.length; i++) {
    const raw = await client.get(`user:${ids[i]}`);
    lines.push(`${i}: ${raw}`);
  }
  return lines;
}
