import Redis from 'ioredis';
import * as times from './ttl';
import { frozen, Limits, Ttl, ttl } from './ttl';

const redis = new Redis(process.env.REDIS_URL ?? '');
const HOUR = 60 * 60;
const SESSION_TTL = 24 * HOUR;

export async function createSession(id: string, session: object): Promise<void> {
  const key = `session:${id}`;
  await redis.set(key, JSON.stringify(session), 'EX', SESSION_TTL);
}

export async function inPlace(id: string): Promise<void> {
  await redis.set(`page:${id}`, 'text', 'EX', 60 * 60);
}

export async function imported(id: string): Promise<void> {
  await redis.set(`otp:${id}`, '42', 'EX', ttl.otp);
  await redis.set(`login:${id}`, '1');
  await redis.expire(`login:${id}`, ttl.login.first);
  await redis.set(`draft:${id}`, 'text', 'EX', frozen.draft);
  await redis.set(`invite:${id}`, 'x', 'EX', Ttl.Invite);
  await redis.set(`hit:${id}`, '1', 'PX', Limits.window * 1000);
  await redis.set(`minute:${id}`, '1', 'EX', times.MINUTE);
}
