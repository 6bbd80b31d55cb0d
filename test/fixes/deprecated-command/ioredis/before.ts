import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function remember(key: string, value: { n: number }, seconds: number) {
  await redis.setex(key, seconds, JSON.stringify(value));
  return redis.psetex(
    `${key}:ms`,
    60_000,
    JSON.stringify({
      ...value,
      ms: true,
    }),
  );
}

export async function swap(key: string, value: string): Promise<string | null> {
  return redis.getset(key, value);
}

// the lock, and whoever holds it
export async function claim(key: string, owner: string) {
  await redis.setnx(`${key}:first`, owner);
  const taken = await redis.setnx(key, owner);
  if (!taken) return 'busy';
  return (await redis.setnx(key, owner)) ? 'twice' : 'claimed';
}

export async function fill(key: string, fields: Record<string, string>) {
  await redis.hmset(key, fields);
  await redis.hmset(key, 'a', 1, 'b', 2);
  return redis.hgetall(key);
}

export async function next(queue: string) {
  const job = await redis.rpoplpush(queue, `${queue}:busy`);
  const last = await redis.brpoplpush(queue, `${queue}:busy`, 0.05);
  return [job, last];
}

export async function board(key: string, min: number) {
  return Promise.all([
    redis.zrevrange(key, 0, 1),
    redis.zrevrange(key, 0, -1, 'WITHSCORES'),
    redis.zrangebyscore(key, min, '+inf'),
    redis.zrangebyscore(key, '-inf', '(3', 'WITHSCORES', 'LIMIT', 0, 2),
    redis.zrangebyscore(key, '-inf', '+inf', 'LIMIT', 1, 1),
    redis.zrevrangebyscore(key, '+inf', min),
    redis.zrangebylex(key, '-', '[b'),
    redis.zrevrangebylex(key, '+', '-'),
  ]);
}

export async function nearby(key: string) {
  const found = await redis.georadius(key, 13.4, 52.5, 500, 'km', 'WITHDIST', 'ASC');
  return [found, await redis.georadiusbymember(key, 'berlin', 500, 'km', 'ASC')];
}

export async function head(key: string) {
  const replies = await redis.pipeline().setex(key, 60, 'value').substr(key, 0, 2).exec();
  return replies;
}

export async function raw(key: string) {
  await redis.call('SETEX', key, 60, 'raw');
  return redis.call('getset', key, 'cooked');
}
