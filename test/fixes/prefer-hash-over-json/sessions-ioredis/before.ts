import { Redis } from 'ioredis';

export const redis = new Redis(process.env.REDIS_URL ?? '');

const SESSION_SECONDS = 3600;

export interface Session {
  id: string;
  customer: string;
  lastSeen: number;
  pages: number;
  remembered: boolean;
}

export async function createSession(id: string, customer: string): Promise<Session> {
  const session: Session = { id, customer, lastSeen: 1_700_000_000_000, pages: 0, remembered: false };
  await redis.set(`session:${session.id}`, JSON.stringify(session), 'EX', SESSION_SECONDS);
  return session;
}

export async function loadSession(id: string): Promise<Session | null> {
  const raw = await redis.get(`session:${id}`);
  return raw ? (JSON.parse(raw) as Session) : null;
}

/** Called on every page view. */
export async function touchSession(id: string, now: number): Promise<boolean> {
  const raw = await redis.get(`session:${id}`);
  if (!raw) return false;
  // What was there before.
  const session = JSON.parse(raw) as Session;
  session.lastSeen = now;
  session.pages += 1;
  await redis.set(`session:${id}`, JSON.stringify(session), 'EX', SESSION_SECONDS);
  return true;
}

/** As where it expires between the two. */
export async function touchGone(id: string, now: number): Promise<void> {
  const raw = await redis.get(`session:${id}`);
  if (!raw) return;
  const session = JSON.parse(raw) as Session;
  session.lastSeen = now;
  await redis.del(`session:${id}`);
  await redis.set(`session:${id}`, JSON.stringify(session), 'EX', SESSION_SECONDS);
}

export async function isRemembered(id: string): Promise<boolean> {
  const raw = await redis.get('session:' + id);
  return raw !== null && (JSON.parse(raw) as Session).remembered;
}

export async function endSession(id: string): Promise<number> {
  return redis.del(`session:${id}`);
}

export const ttlOf = (id: string) => redis.exists(`session:${id}`);
