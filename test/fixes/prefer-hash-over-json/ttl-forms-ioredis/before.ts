import Redis from 'ioredis';

export interface SessionRecord {
  userId: string;
  role: string;
  createdAt: number;
}

const redis = new Redis(process.env.REDIS_URL ?? '');
const HOUR = 3600;

export async function create(sid: string, record: SessionRecord) {
  return redis.set(`session:${sid}`, JSON.stringify(record), 'EX', HOUR);
}

export async function createShort(sid: string, record: SessionRecord) {
  await redis.setex(`session:${sid}`, 60, JSON.stringify(record));
}

export const createPrecise = (sid: string, record: SessionRecord, ms: number) => redis.psetex(`session:${sid}`, ms, JSON.stringify(record));

export async function createThenExpire(sid: string, record: SessionRecord) {
  await redis.set(`session:${sid}`, JSON.stringify(record));
  // An hour is enough.
  await redis.expire(`session:${sid}`, HOUR);
}

export async function createForEver(sid: string, record: SessionRecord) {
  await redis.set(`session:${sid}`, JSON.stringify(record));
}

export async function promote(sid: string, role: string) {
  const raw = await redis.get(`session:${sid}`);
  const record = raw ? (JSON.parse(raw) as SessionRecord) : null;
  if (!record) return;
  // The session never expires from here on.
  await redis.set(`session:${sid}`, JSON.stringify({ ...record, role }));
}

export async function keepForEver(sid: string): Promise<void> {
  await redis.persist(`session:${sid}`);
}

export async function roleOf(sid: string): Promise<string | null> {
  const raw = await redis.get(`session:${sid}`);
  return raw ? (JSON.parse(raw) as SessionRecord).role : null;
}
