import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface User {
  name: string;
}

export async function users(ids: string[]): Promise<User[]> {
  const users: User[] = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.get(`user:${id}`);
  }
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
    const raw = reply as string | null;
    // users may be gone meanwhile
    if (raw) users.push(JSON.parse(raw) as User);
  }
  return users;
}

export async function byId(ids: readonly string[]): Promise<[string, string][]> {
  const found = new Map<string, string>();

  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.get(`user:${id}`);
  }
  const raws = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of ids.entries()) {
    const raw = raws[index] as string | null; // one at a time

    if (raw === null) continue;
    found.set(id, raw);
  }

  return [...found];
}

export async function present(keys: string[]): Promise<boolean[]> {
  const present: boolean[] = [];
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.get(key);
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
    const value = reply as string | null;
    present.push(value !== null);
  }
  return present;
}

export async function names(ids: (string | undefined)[]): Promise<string[]> {
  const names: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const id of ids) {
    // no id, no user
    if (!id) continue;
    const key = `user:${id}`;
    pipeline.get(key);
    queued.push({ id, key });
  }
  const values = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, { id, key }] of queued.entries()) {
    const value = values[index] as string | null;
    const raw = value ?? '{}';
    names.push(`${id}=${(JSON.parse(raw) as Partial<User>).name ?? key}`);
  }
  return names;
}

export async function numbered(ids: string[]): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  for (let i = 0; i < ids.length; i++) {
    pipeline.get(`user:${ids[i]}`);
  }
  const raws = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (let i = 0; i < ids.length; i++) {
    const raw = raws[i] as string | null;
    lines.push(`${i}: ${raw}`);
  }
  return lines;
}
