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
  if (names.length > 0) {
    for (let offset = 0; offset < names.length; offset += 500) {
      await redis.sadd('copy', ...names.slice(offset, offset + 500));
    }
  }
  return start;
}

export async function load() {
  const names = await redis.smembers('docs');
  const texts: (string | null)[] = [];
  for (let start = 0; start < names.length; start += 500) {
    texts.push(...(await redis.mget(names.slice(start, start + 500))));
  }
  return texts.length;
}

export async function all() {
  const keys = (await redis.smembers('docs')).map((name) => name.trim());
  const values: (string | null)[] = [];
  for (let start = 0; start < keys.length; start += 500) {
    values.push(...(await redis.mget(keys.slice(start, start + 500))));
  }
  return values;
}

export async function purge() {
  const names = await redis.smembers('docs');
  for (let start = 0; start < names.length; start += 500) {
    await redis.del(names.slice(start, start + 500));
  }
}
