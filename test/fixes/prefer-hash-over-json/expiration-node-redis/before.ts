import { createClient } from 'redis';

type Token = { user: string; uses: number };

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function issue(id: string, token: Token) {
  await client.set(`token:${id}`, JSON.stringify(token), { expiration: { type: 'PX', value: 90_000 } });
}

export async function issueUntil(id: string, token: Token, at: number) {
  await client.set(`token:${id}`, JSON.stringify(token), { PX: at });
}

export async function use(id: string): Promise<number> {
  const raw = await client.get(`token:${id}`);
  if (!raw) return 0;
  const token: Token = JSON.parse(raw);
  token.uses -= 1;
  await client.set(`token:${id}`, JSON.stringify(token), { expiration: 'KEEPTTL' });
  return token.uses;
}
