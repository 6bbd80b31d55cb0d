import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function drop(user: string) {
  // sessions of one user
  // of one
  for await (const batch of redis.scanStream({ match: `session:${user}*`, count: 1000 })) {
    for (const key of batch as string[]) {
      // one by one
      await redis.unlink(key);
    }
  }
}

export async function list() {
  const out: string[] = [];
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) {
      if (seen.has(key)) continue;
      seen.add(key);
      if (key === 'session:2') continue; // not that one

      out.push(key.slice('session:'.length));
    }
  }
  return out;
}

export async function first(suffix: string) {
  let found = '';
  // SCAN may give a key twice.
  const seen = new Set<string>();
  scan: for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const name of batch as string[]) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const part of name.split(':')) {
        if (part === '?') break;
      }
      if (name.endsWith(suffix)) {
        found = name;
        break scan;
      }
    }
  }
  return found;
}

export async function rename() {
  const found = new Set<string>();
  for await (const batch of redis.scanStream({ match: 'cart:*', count: 1000 })) {
    for (const key of batch as string[]) found.add(key);
  }
  for (const key of found) await redis.rename(key, key.replace('cart:', 'basket:'));
}

export async function labelled() {
  const seen: string[] = [];
  // SCAN may give a key twice.
  const done = new Set<string>();
  scan: for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    keys: for (const key of batch as string[]) {
      if (done.has(key)) continue;
      done.add(key);
      for (const other of ['session:1']) {
        if (key === other) continue keys;
        if (key === 'session:9') break scan;
      }
      seen.push(key);
    }
  }
  return seen;
}

export async function refresh() {
  for await (const batch of redis.scanStream({ match: 'session:*', count: 1000 })) {
    for (const key of batch as string[]) await redis.expire(key, 100);
  }
}

export async function count(kind: string) {
  let total = 0;
  // SCAN may give a key twice.
  const seen = new Set<string>();
  for await (const batch of redis.scanStream({ match: `${kind}:*`, count: 1000 })) {
    for (const key of batch as string[]) {
      if (seen.has(key)) continue;
      seen.add(key);
      total += key.length;
    }
  }
  return total;
}
