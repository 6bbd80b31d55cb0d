import { createClient } from 'redis';

const RELEASE_LOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function take(id: string, token: string) {
  return (await client.set(`export:${id}:lock`, token, { NX: true, PX: 5000 })) !== null;
}

export async function release(id: string, token: string): Promise<void> {
  const lockKey = `export:${id}:lock`;
  await client.eval(RELEASE_LOCK, { keys: [lockKey], arguments: [token] });
}

export async function giveBack(id: string, token: string): Promise<void> {
  await client.eval(RELEASE_LOCK, { keys: [`export:${id}:lock`], arguments: [token] });
}
