import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

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
  await client.set(`session:${session.id}`, JSON.stringify(session), { EX: SESSION_SECONDS });
  return session;
}

export async function loadSession(id: string): Promise<Session | null> {
  const raw = await client.get(`session:${id}`);
  return raw === null ? null : (JSON.parse(raw) as Session);
}

/** Called on every page view. */
export async function touchSession(id: string, now: number): Promise<boolean> {
  const raw = await client.get(`session:${id}`);
  if (raw === null) return false;
  const session: Session = JSON.parse(raw);
  session.lastSeen = now;
  session.pages++;
  await client.set(`session:${id}`, JSON.stringify(session), { EX: SESSION_SECONDS });
  return true;
}

export async function remember(id: string): Promise<void> {
  const session = JSON.parse((await client.get(`session:${id}`)) ?? 'null') as Session | null;
  if (session === null) throw new Error(`no session ${id}`);
  // The time to live stays.
  await client.set(`session:${id}`, JSON.stringify({ ...session, remembered: true }), { KEEPTTL: true });
}

export async function customerOf(id: string) {
  const { customer, remembered } = JSON.parse((await client.get(`session:${id}`)) ?? '{}') as Partial<Session>;
  return [customer ?? 'nobody', remembered];
}

/** As where it expires between the two. */
export async function touchGone(id: string, now: number): Promise<void> {
  const raw = await client.get(`session:${id}`);
  if (!raw) return;
  const session = JSON.parse(raw) as Session;
  session.lastSeen = now;
  await client.del(`session:${id}`);
  await client.set(`session:${id}`, JSON.stringify(session), { EX: SESSION_SECONDS });
}
