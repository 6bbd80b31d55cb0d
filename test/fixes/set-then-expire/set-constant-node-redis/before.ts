import { createClient } from 'redis';
import { frozen, Ttl, ttl } from './ttl';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();
const HOUR = 60 * 60;
const SESSION_TTL = 24 * HOUR;

export async function createSession(id: string, session: object): Promise<void> {
  const key = `session:${id}`;
  await client.set(key, JSON.stringify(session));
  await client.expire(key, SESSION_TTL);
}

export async function inPlace(id: string): Promise<void> {
  await client.set(`page:${id}`, 'text');
  await client.expire(`page:${id}`, 60 * 60);
}

export async function imported(id: string): Promise<void> {
  await client.set(`otp:${id}`, '42');
  await client.expire(`otp:${id}`, ttl.otp);
  await client.set(`draft:${id}`, 'text');
  await client.pExpire(`draft:${id}`, frozen.draft * 1000);
  await client.sendCommand(['SET', `invite:${id}`, 'x']);
  await client.expire(`invite:${id}`, Ttl.Invite);
}
