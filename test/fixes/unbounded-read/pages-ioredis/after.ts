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
  const lines: string[] = []; // in order
  let page: string[];
  do {
    page = await redis.lrange(`log:${day}`, lines.length, lines.length + 999);
    lines.push(...page);
  } while (page.length === 1000);
  return lines.map((line) => line.slice('line '.length));
}

export async function longest(request: { day: string }) {
  let longest = '';
  const key = `log:${request.day}`;
  const found: string[] = [];
  let page: string[];
  do {
    page = await redis.lrange(key, found.length, found.length + 999);
    found.push(...page);
  } while (page.length === 1000);
  for (const line of found) {
    if (line.length > longest.length) longest = line;
  }
  return longest;
}

export const all = async (day: string) => {
  const found: string[] = [];
  let page: string[];
  do {
    page = await redis.lrange(`log:${day}`, found.length, found.length + 999);
    found.push(...page);
  } while (page.length === 1000);
  return found;
};

export async function board(day: string) {
  const found: string[] = [];
  let page: string[];
  do {
    page = await redis.zrange(`board:${day}`, found.length, String(found.length + 999));
    found.push(...page);
  } while (page.length === 1000);
  let ranks: readonly string[] = found;
  ranks = ranks.filter((name) => name.endsWith('9'));
  return ranks;
}
