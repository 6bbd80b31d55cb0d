import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

const hour = 3600;

export async function storePrices(prices: Record<string, number>, rate: number): Promise<void> {
  await ready;
  for (const [sku, price] of Object.entries(prices)) {
    // rounded, as the shop shows it
    const rounded = (price * rate).toFixed(2);
    await client.setEx(`price:${sku}`, price > 10 ? hour : 60, rounded);
  }
}

export async function storeAll(values: string[]): Promise<number> {
  await ready;
  let stored = 0;
  for (const value of values) {
    await client.set(`value:${stored}`, value);
    stored++;
  }
  return stored;
}

export async function classify(items: { id: string; kind: string }[]): Promise<void> {
  await ready;
  for (const { id, kind } of items) {
    if (kind === 'gone') {
      await client.del(`item:${id}`);
    } else {
      await client.set(`item:${id}`, kind);
      await client.sAdd(`kind:${kind}`, id);
    }
  }
}

export async function raise(names: string[]): Promise<string> {
  await ready;
  for (const name of names) await client.incr(name);
  return 'done';
}

export async function logged(names: string[], log: (line: string) => void): Promise<void> {
  await ready;
  for (const name of names) {
    await client.sAdd('names', name.trim());
    await client.incr(`count:${name.trim()}`);
    log(`stored ${name}`);
  }
}
