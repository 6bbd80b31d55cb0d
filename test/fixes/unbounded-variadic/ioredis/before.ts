import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.on('error', (err) => console.error(err));

const tick = '.';

export async function fill(count: number) {
  for (let i = 0; i < count; i += 100) {
    const names = Array.from({ length: 100 }, (_, at) => `doc:${i + at}`);
    await redis.sadd('docs', ...names.slice(0, 100));
    await redis.mset(...names.slice(0, 100).flatMap((name) => [name, name]));
  }
}

export async function copy() {
  const start = tick;
  const names = await redis.smembers('docs');
  if (names.length > 0) await redis.sadd('copy', ...names);
  return start;
}

export async function load() {
  const names = await redis.smembers('docs');
  const texts = await redis.mget(names);
  return texts.length;
}

export async function all() {
  return redis.mget((await redis.smembers('docs')).map((name) => name.trim()));
}

export async function purge() {
  const names = await redis.smembers('docs');
  await redis.del(names);
}
