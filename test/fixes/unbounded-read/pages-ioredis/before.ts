import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function fill(day: string) {
  for (let from = 0; from < 20_000; from += 500) {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${from + index}`);
    await redis.rpush(`log:${day}`, ...lines);
    await redis.zadd(`board:${day}`, ...lines.flatMap((line, index) => [(from + index) / 7, line]));
  }
}

export async function lines(day: string) {
  const lines = await redis.lrange(`log:${day}`, 0, -1); // in order
  return lines.map((line) => line.slice('line '.length));
}

export async function longest(request: { day: string }) {
  let longest = '';
  for (const line of await redis.lrange(`log:${request.day}`, 0, -1)) {
    if (line.length > longest.length) longest = line;
  }
  return longest;
}

export const all = async (day: string) => await redis.lrange(`log:${day}`, 0, -1);

export async function board(day: string) {
  let ranks: readonly string[] = await redis.zrange(`board:${day}`, 0, '-1');
  ranks = ranks.filter((name) => name.endsWith('9'));
  return ranks;
}
