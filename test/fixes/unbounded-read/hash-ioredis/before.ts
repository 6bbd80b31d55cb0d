import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function fill() {
  for (let from = 0; from < 20_000; from += 500) {
    await redis.hset('visits:by-user', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`user:${from + index}`, String(from)])));
  }
  await redis.hset('visits:few', '__proto__', 'a');
}

export const visited = (user: string) => redis.hincrby('visits:by-user', user, 1);
export const seldom = (user: string) => redis.hincrby('visits:few', user, 1);

export async function visits() {
  const hash = await redis.hgetall('visits:by-user'); // all of them
  return Object.keys(hash).filter((user) => hash[user] === '500').length;
}

export async function lookUp(user: string) {
  const hash = await redis.hgetall('visits:few');
  return [Object.keys(hash), hash[user] ?? null, typeof (hash as Record<string, unknown>).toString];
}

export async function total() {
  let sum = 0;
  for (const [user, count] of Object.entries(await redis.hgetall('visits:by-user'))) {
    if (user === 'user:7') continue;
    sum += Number(count);
  }
  for (const count of Object.values(await redis.hgetall('visits:by-user'))) sum += Number(count);
  return sum;
}

export async function users() {
  return (await redis.hkeys('visits:by-user')).map((user) => user.slice('user:'.length));
}

export const counts = async () => await redis.hvals('visits:by-user');

export async function everybody() {
  const seen: string[] = [];
  for (const user of await redis.hkeys('visits:by-user')) seen.push(user);
  for (const count of await redis.hvals('visits:by-user')) seen.push(count);
  return seen;
}
