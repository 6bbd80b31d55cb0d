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
  const raws = await Promise.all(ids.map((id) => client.get(`user:${id}`)));
  for (const raw of raws) {
    // users may be gone meanwhile
    if (raw) users.push(JSON.parse(raw) as User);
  }
  return users;
}

export async function byId(ids: readonly string[]): Promise<[string, string][]> {
  await ready;
  const found = new Map<string, string>();

  // one at a time
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, raw: await client.get(`user:${id}`) })),
  );
  for (const { id, raw } of replies) {
    if (raw === null) continue;
    found.set(id, raw);
  }

  return [...found];
}

export async function present(keys: string[]): Promise<boolean[]> {
  await ready;
  const present: boolean[] = [];
  const values = await Promise.all(keys.map((key) => client.get(key)));
  for (const value of values) present.push(value !== null);
  return present;
}

export async function names(ids: (string | undefined)[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  const pending = [];
  for (const id of ids) {
    // no id, no user
    if (!id) continue;
    const key = `user:${id}`;
    pending.push(client.get(key).then((value) => ({ id, key, value })));
  }
  for (const { id, key, value } of await Promise.all(pending)) {
    const raw = value ?? '{}';
    names.push(`${id}=${(JSON.parse(raw) as Partial<User>).name ?? key}`);
  }
  return names;
}

export async function numbered(ids: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const pending = [];
  for (let i = 0; i < ids.length; i++) {
    pending.push(client.get(`user:${ids[i]}`).then((raw) => ({ i, raw })));
  }
  for (const { i, raw } of await Promise.all(pending)) {
    lines.push(`${i}: ${raw}`);
  }
  return lines;
}
