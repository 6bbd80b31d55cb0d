import { Redis } from 'ioredis';

interface UserRow {
  id: number;
  email: string;
  active: boolean;
}

export const redis = new Redis(process.env.REDIS_URL ?? '');

export async function importUsers(rows: UserRow[]) {
  const batch = redis.multi();
  for (const row of rows) {
    batch.set(`user:${row.id}`, JSON.stringify(row), 'EX', 86_400);
    batch.sadd('users', row.id);
  }
  const results = await batch.exec();
  for (const [err] of results ?? []) if (err) throw err;
}

export async function replaceUser(row: UserRow, now: number) {
  const results = await redis
    .multi()
    .set(`user:${row.id}`, JSON.stringify({ ...row, updatedAt: now }))
    .sadd('users:changed', row.id)
    .exec();
  if (results?.some(([err]) => err)) throw new Error('not replaced');
}

export async function keepForEver(id: number): Promise<void> {
  await redis.persist(`user:${id}`);
}

export async function emailOf(id: number) {
  const raw = await redis.get(`user:${id}`);
  return raw ? (JSON.parse(raw) as UserRow).email : null;
}

export async function updatedAt(id: number): Promise<number | undefined> {
  const raw = await redis.get(`user:${id}`);
  if (raw) {
    const row = JSON.parse(raw) as UserRow & { updatedAt?: number };
    return row.updatedAt;
  }
  return undefined;
}
