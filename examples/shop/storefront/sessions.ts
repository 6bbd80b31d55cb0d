import { randomUUID } from 'node:crypto';
import { redis } from './redis';

const SESSION_SECONDS = 3600;

export interface Session {
  id: string;
  customer: string;
  locale: string;
  lastSeen: number;
  pages: number;
}

export async function createSession(customer: string, locale: string): Promise<Session> {
  const session: Session = { id: randomUUID(), customer, locale, lastSeen: Date.now(), pages: 0 };
  await redis.set(`session:${session.id}`, JSON.stringify(session), 'EX', SESSION_SECONDS);
  return session;
}

export async function loadSession(id: string): Promise<Session | null> {
  const raw = await redis.get(`session:${id}`);
  return raw ? (JSON.parse(raw) as Session) : null;
}

/** Called on every page view. */
export async function touchSession(id: string): Promise<void> {
  const raw = await redis.get(`session:${id}`);
  if (!raw) return;
  const session = JSON.parse(raw) as Session;
  session.lastSeen = Date.now();
  session.pages += 1;
  await redis.set(`session:${id}`, JSON.stringify(session), 'EX', SESSION_SECONDS);
}

export async function endSession(id: string): Promise<void> {
  await redis.del(`session:${id}`, `cart:${id}`);
}

export async function visitorsOnline(): Promise<number> {
  return (await redis.keys('session:*')).length;
}

export async function countVisitor(day: string, session: string): Promise<void> {
  await redis.pfadd(`visitors:${day}`, session);
}
