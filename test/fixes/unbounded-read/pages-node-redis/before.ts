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
  const lines = await client.lRange(`log:${day}`, 0, -1); // in order
  return lines.map((line) => line.slice('line '.length));
}

export async function longest(request: { day: string }) {
  let longest = '';
  for (const line of await client.lRange(`log:${request.day}`, 0, -1)) {
    if (line.length > longest.length) longest = line;
  }
  return longest;
}

export const all = async (day: string) => await client.lRange(`log:${day}`, 0, -1);

export async function board(day: string) {
  let ranks: readonly string[] = await client.zRange(`board:${day}`, 0, -1);
  ranks = ranks.filter((name) => name.endsWith('9'));
  return ranks;
}
