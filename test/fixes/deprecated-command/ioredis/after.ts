import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function remember(key: string, value: { n: number }, seconds: number) {
  await redis.set(key, JSON.stringify(value), 'EX', seconds);
  return redis.set(
    `${key}:ms`,
    JSON.stringify({
      ...value,
      ms: true,
    }),
    'PX', 60_000,
  );
}

export async function swap(key: string, value: string): Promise<string | null> {
  return redis.set(key, value, 'GET');
}

// the lock, and whoever holds it
export async function claim(key: string, owner: string) {
  await redis.set(`${key}:first`, owner, 'NX');
  const taken = await redis.set(key, owner, 'NX');
  if (!taken) return 'busy';
  return (await redis.set(key, owner, 'NX')) ? 'twice' : 'claimed';
}

export async function fill(key: string, fields: Record<string, string>) {
  await redis.hset(key, fields);
  await redis.hset(key, 'a', 1, 'b', 2);
  return redis.hgetall(key);
}

export async function next(queue: string) {
  const job = await redis.lmove(queue, `${queue}:busy`, 'RIGHT', 'LEFT');
  const last = await redis.blmove(queue, `${queue}:busy`, 'RIGHT', 'LEFT', 0.05);
  return [job, last];
}

export async function board(key: string, min: number) {
  return Promise.all([
    redis.zrange(key, 0, 1, 'REV'),
    redis.zrange(key, 0, -1, 'REV', 'WITHSCORES'),
    redis.zrange(key, min, '+inf', 'BYSCORE'),
    redis.zrange(key, '-inf', '(3', 'BYSCORE', 'LIMIT', 0, 2, 'WITHSCORES'),
    redis.zrange(key, '-inf', '+inf', 'BYSCORE', 'LIMIT', 1, 1),
    redis.zrange(key, '+inf', min, 'BYSCORE', 'REV'),
    redis.zrange(key, '-', '[b', 'BYLEX'),
    redis.zrange(key, '+', '-', 'BYLEX', 'REV'),
  ]);
}

export async function nearby(key: string) {
  const found = await redis.geosearch(key, 'FROMLONLAT', 13.4, 52.5, 'BYRADIUS', 500, 'km', 'WITHDIST', 'ASC');
  return [found, await redis.geosearch(key, 'FROMMEMBER', 'berlin', 'BYRADIUS', 500, 'km', 'ASC')];
}

export async function head(key: string) {
  const replies = await redis.pipeline().set(key, 'value', 'EX', 60).getrange(key, 0, 2).exec();
  return replies;
}

export async function raw(key: string) {
  await redis.call('SET', key, 'raw', 'EX', 60);
  return redis.call('set', key, 'cooked', 'GET');
}
