import { createClient } from 'redis';
import { frozen, Ttl, ttl } from './ttl';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();
const HOUR = 60 * 60;
const SESSION_TTL = 24 * HOUR;

export async function createSession(id: string, session: object): Promise<void> {
  const key = `session:${id}`;
  await client.set(key, JSON.stringify(session), { EX: SESSION_TTL });
}

export async function inPlace(id: string): Promise<void> {
  await client.set(`page:${id}`, 'text', { EX: 60 * 60 });
}

export async function imported(id: string): Promise<void> {
  await client.set(`otp:${id}`, '42', { EX: ttl.otp });
  await client.set(`draft:${id}`, 'text', { PX: frozen.draft * 1000 });
  await client.sendCommand(['SET', `invite:${id}`, 'x', 'EX', String(Ttl.Invite)]);
}
