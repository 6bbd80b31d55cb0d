import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function fill(id: string) {
  for (let from = 0; from < 20_000; from += 500) {
    await redis.sadd(`followers:${id}`, ...Array.from({ length: 500 }, (_, index) => `user:${from + index}`));
  }
}

export async function followers(id: string) {
  const members = await redis.smembers(`followers:${id}`); // all of them
  return members.map((member) => member.slice('user:'.length));
}

export async function first(id: string, suffix: string) {
  for (const member of await redis.smembers(`followers:${id}`)) {
    if (member.endsWith(suffix)) return member;
  }
  return null;
}

export async function few(id: string) {
  let found = '';
  for (const member of await redis.smembers('followers:' + id)) {
    if (member !== 'user:7') continue;
    found = member; // that one
    break;
  }
  return found;
}
