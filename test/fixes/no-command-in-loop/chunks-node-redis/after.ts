import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sum(count: number): Promise<number> {
  await ready;
  let sum = 0;
  const entries = [...Array.from({ length: count }, (_, index) => `${index}`).entries()];
  for (let start = 0; start < entries.length; start += 500) {
    const chunk = entries.slice(start, start + 500);
    const pending = [];
    for (const [index, word] of chunk) {
      if (word === '7') continue;
      pending.push(client.hGet(`h:${word}`, 'n').then((value) => ({ index, value })));
    }
    for (const { index, value } of await Promise.all(pending)) {
      sum += Number(value ?? 1) + index;
    }
  }
  return sum;
}

export async function store(count: number): Promise<void> {
  await ready;
  const ids = Array.from({ length: count }, (_, index) => `${index}`);
  for (let start = 0; start < ids.length; start += 500) {
    const chunk = ids.slice(start, start + 500);
    await Promise.all(chunk.map((id) => client.set(`s:${id}`, id)));
  }
}
