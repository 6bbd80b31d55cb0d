import Redis from 'ioredis';

const redis = new Redis();

async function windowMs(name: string): Promise<number> {
  const reply = await fetch(`http://settings/${name}`);
  return Number(await reply.text());
}

export async function hit(name: string) {
  const hits = await redis.incr(`hits:${name}`); // expect: incr-then-expire
  const window = await windowMs(name);
  await redis.pexpireat(`hits:${name}`, Date.now() + window);
  return hits;
}

export async function count(page: string) {
  await redis.incr(`views:${page}`); // quiet: incr-then-expire -- statistics
  await redis.expire(`views:${page}`, 86_400);
}
