import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function fill(id: string) {
  for (let from = 0; from < 20_000; from += 500) {
    await redis.sadd(`followers:${id}`, ...Array.from({ length: 500 }, (_, index) => `user:${from + index}`));
  }
}

export async function followers(id: string) {
  const found = new Set<string>();
  for await (const batch of redis.sscanStream(`followers:${id}`, { count: 1000 })) {
    for (const member of batch as string[]) found.add(member);
  }
  const members = [...found]; // all of them
  return members.map((member) => member.slice('user:'.length));
}

export async function first(id: string, suffix: string) {
  // SSCAN may give a member twice.
  const seen = new Set<string>();
  for await (const batch of redis.sscanStream(`followers:${id}`, { count: 1000 })) {
    for (const member of batch as string[]) {
      if (seen.has(member)) continue;
      seen.add(member);
      if (member.endsWith(suffix)) return member;
    }
  }
  return null;
}

export async function few(id: string) {
  let found = '';
  // SSCAN may give a member twice.
  const seen = new Set<string>();
  scan: for await (const batch of redis.sscanStream('followers:' + id, { count: 1000 })) {
    for (const member of batch as string[]) {
      if (seen.has(member)) continue;
      seen.add(member);
      if (member !== 'user:7') continue;
      found = member; // that one
      break scan;
    }
  }
  return found;
}
