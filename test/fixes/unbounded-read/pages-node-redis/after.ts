import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function fill(day: string) {
  for (let from = 0; from < 20_000; from += 500) {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${from + index}`);
    await client.rPush(`log:${day}`, lines);
    await client.zAdd(`board:${day}`, lines.map((value, index) => ({ score: (from + index) / 7, value })));
  }
}

export async function lines(day: string) {
  const lines: string[] = []; // in order
  let page: string[];
  do {
    page = await client.lRange(`log:${day}`, lines.length, lines.length + 999);
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
    page = await client.lRange(key, found.length, found.length + 999);
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
    page = await client.lRange(`log:${day}`, found.length, found.length + 999);
    found.push(...page);
  } while (page.length === 1000);
  return found;
};

export async function board(day: string) {
  const found: string[] = [];
  let page: string[];
  do {
    page = await client.zRange(`board:${day}`, found.length, found.length + 999);
    found.push(...page);
  } while (page.length === 1000);
  let ranks: readonly string[] = found;
  ranks = ranks.filter((name) => name.endsWith('9'));
  return ranks;
}
