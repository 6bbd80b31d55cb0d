import { createClient } from 'redis';

const redis = createClient({ url: process.env.REDIS_URL });
redis.on('error', console.error);
await redis.connect();

export async function drop(user: string) {
  // sessions of one user
  for await (const key of redis.scanIterator({ MATCH: `session:${user}*`, COUNT: 1000 })) {
    // one by one
    await redis.unlink(key);
  }
}

export async function list() {
  const out: string[] = [];
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const key of redis.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    if (seen.has(key)) continue;
    seen.add(key);
    if (key === 'session:2') continue; // not that one

    out.push(key.slice('session:'.length));
  }
  return out;
}

export async function first(suffix: string) {
  let found = '';
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const name of redis.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const part of name.split(':')) {
      if (part === '?') break;
    }
    if (name.endsWith(suffix)) {
      found = name;
      break;
    }
  }
  return found;
}

export async function rename() {
  const found = new Set<string>();
  for await (const key of redis.scanIterator({ MATCH: 'cart:*', COUNT: 1000 })) found.add(key);
  for (const key of found) await redis.rename(key, key.replace('cart:', 'basket:'));
}

export async function labelled() {
  const seen: string[] = [];
  // SCAN may give a key twice.
  const done = new Set<string>();
  keys: for await (const key of redis.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) {
    if (done.has(key)) continue;
    done.add(key);
    for (const other of ['session:1']) {
      if (key === other) continue keys;
      if (key === 'session:9') break keys;
    }
    seen.push(key);
  }
  return seen;
}

export async function refresh() {
  for await (const key of redis.scanIterator({ MATCH: 'session:*', COUNT: 1000 })) await redis.expire(key, 100);
}

export async function count(kind: string) {
  let total = 0;
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const key of redis.scanIterator({ MATCH: `${kind}:*`, COUNT: 1000 })) {
    if (seen.has(key)) continue;
    seen.add(key);
    total += key.length;
  }
  return total;
}
