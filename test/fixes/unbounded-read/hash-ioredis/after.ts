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
  const found = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.set(batch[at], batch[at + 1]);
  }
  const hash = Object.fromEntries(found); // all of them
  return Object.keys(hash).filter((user) => hash[user] === '500').length;
}

export async function lookUp(user: string) {
  const found = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:few', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.set(batch[at], batch[at + 1]);
  }
  const hash = Object.fromEntries(found);
  return [Object.keys(hash), hash[user] ?? null, typeof (hash as Record<string, unknown>).toString];
}

export async function total() {
  let sum = 0;
  const found = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.set(batch[at], batch[at + 1]);
  }
  for (const [user, count] of found) {
    if (user === 'user:7') continue;
    sum += Number(count);
  }
  const entries = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) entries.set(batch[at], batch[at + 1]);
  }
  for (const count of entries.values()) sum += Number(count);
  return sum;
}

export async function users() {
  const found = new Set<string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.add(batch[at]);
  }
  return [...found].map((user) => user.slice('user:'.length));
}

export const counts = async () => {
  const found = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.set(batch[at], batch[at + 1]);
  }
  return [...found.values()];
};

export async function everybody() {
  const seen: string[] = [];
  const found = new Set<string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) found.add(batch[at]);
  }
  for (const user of found) seen.push(user);
  const entries = new Map<string, string>();
  for await (const batch of redis.hscanStream('visits:by-user', { count: 1000 })) {
    for (let at = 0; at < batch.length; at += 2) entries.set(batch[at], batch[at + 1]);
  }
  for (const count of entries.values()) seen.push(count);
  return seen;
}
