import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface User {
  name: string;
}

export async function users(ids: string[]): Promise<User[]> {
  const users: User[] = [];
  for (const id of ids) {
    const raw = await redis.get(`user:${id}`);
    // users may be gone meanwhile
    if (raw) users.push(JSON.parse(raw) as User);
  }
  return users;
}

export async function byId(ids: readonly string[]): Promise<[string, string][]> {
  const found = new Map<string, string>();

  for (const id of ids) {
    const raw = await redis.get(`user:${id}`); // one at a time

    if (raw === null) continue;
    found.set(id, raw);
  }

  return [...found];
}

export async function present(keys: string[]): Promise<boolean[]> {
  const present: boolean[] = [];
  for (const key of keys) present.push((await redis.get(key)) !== null);
  return present;
}

export async function names(ids: (string | undefined)[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    // no id, no user
    if (!id) continue;
    const key = `user:${id}`;
    const raw = (await redis.get(key)) ?? '{}';
    names.push(`${id}=${(JSON.parse(raw) as Partial<User>).name ?? key}`);
  }
  return names;
}

export async function numbered(ids: string[]): Promise<string[]> {
  const lines: string[] = [];
  for (let i = 0; i < ids.length; i++) {
    const raw = await redis.get(`user:${ids[i]}`);
    lines.push(`${i}: ${raw}`);
  }
  return lines;
}
