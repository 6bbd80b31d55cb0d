import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error) => console.error(error));
await client.connect();

interface User {
  name: string;
  visits: number;
}

export async function register(id: string, user: User) {
  await client.set(`user:${id}`, JSON.stringify(user));
}

/** No user ever goes away: one HSET does. */
export async function visit(id: string): Promise<number> {
  const raw = await client.get(`user:${id}`);
  if (!raw) return 0;
  const user = JSON.parse(raw) as User;
  user.visits++;
  await client.set(`user:${id}`, JSON.stringify(user));
  return user.visits;
}
