import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function fill() {
  for (let from = 0; from < 20_000; from += 500) {
    await client.hSet('visits:by-user', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`user:${from + index}`, String(from)])));
  }
  await client.hSet('visits:few', '__proto__', 'a');
}

export const visited = (user: string) => client.hIncrBy('visits:by-user', user, 1);
export const seldom = (user: string) => client.hIncrBy('visits:few', user, 1);

export async function visits() {
  const hash = await client.hGetAll('visits:by-user'); // all of them
  return Object.keys(hash).filter((user) => hash[user] === '500').length;
}

export async function lookUp(user: string) {
  const hash = await client.hGetAll('visits:few');
  return [Object.keys(hash), hash[user] ?? null, typeof (hash as Record<string, unknown>).toString];
}

export async function total() {
  let sum = 0;
  for (const [user, count] of Object.entries(await client.hGetAll('visits:by-user'))) {
    if (user === 'user:7') continue;
    sum += Number(count);
  }
  for (const count of Object.values(await client.hGetAll('visits:by-user'))) sum += Number(count);
  return sum;
}

export async function users() {
  return (await client.hKeys('visits:by-user')).map((user) => user.slice('user:'.length));
}

export const counts = async () => await client.hVals('visits:by-user');

export async function everybody() {
  const seen: string[] = [];
  for (const user of await client.hKeys('visits:by-user')) seen.push(user);
  for (const count of await client.hVals('visits:by-user')) seen.push(count);
  return seen;
}
