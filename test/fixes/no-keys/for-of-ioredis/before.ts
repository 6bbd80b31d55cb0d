import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drop(user: string) {
  // sessions of one user
  for (const key of await redis.keys(`session:${user}*`)) { // of one
    // one by one
    await redis.unlink(key);
  }
}

export async function list() {
  const out: string[] = [];
  for (const key of await redis.keys('session:*')) {
    if (key === 'session:2') continue; // not that one

    out.push(key.slice('session:'.length));
  }
  return out;
}

export async function first(suffix: string) {
  let found = '';
  for (const name of await redis.keys('session:*')) {
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
  for (const key of await redis.keys('cart:*')) await redis.rename(key, key.replace('cart:', 'basket:'));
}

export async function labelled() {
  const seen: string[] = [];
  keys: for (const key of await redis.keys('session:*')) {
    for (const other of ['session:1']) {
      if (key === other) continue keys;
      if (key === 'session:9') break keys;
    }
    seen.push(key);
  }
  return seen;
}

export async function refresh() {
  for (const key of await redis.keys('session:*')) await redis.expire(key, 100);
}

export async function count(kind: string) {
  let total = 0;
  for (const key of await redis.keys(`${kind}:*`)) total += key.length;
  return total;
}
