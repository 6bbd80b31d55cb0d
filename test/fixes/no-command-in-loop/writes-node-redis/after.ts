import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

const hour = 3600;

export async function storePrices(prices: Record<string, number>, rate: number): Promise<void> {
  await ready;
  const pending = [];
  for (const [sku, price] of Object.entries(prices)) {
    // rounded, as the shop shows it
    const rounded = (price * rate).toFixed(2);
    pending.push(client.setEx(`price:${sku}`, price > 10 ? hour : 60, rounded));
  }
  await Promise.all(pending);
}

export async function storeAll(values: string[]): Promise<number> {
  await ready;
  let stored = 0;
  const pending = [];
  for (const value of values) {
    pending.push(client.set(`value:${stored}`, value));
    stored++;
  }
  await Promise.all(pending);
  return stored;
}

export async function classify(items: { id: string; kind: string }[]): Promise<void> {
  await ready;
  const pending = [];
  for (const { id, kind } of items) {
    if (kind === 'gone') {
      pending.push(client.del(`item:${id}`));
    } else {
      pending.push(client.set(`item:${id}`, kind));
      pending.push(client.sAdd(`kind:${kind}`, id));
    }
  }
  await Promise.all(pending);
}

export async function raise(names: string[]): Promise<string> {
  await ready;
  await Promise.all(names.map((name) => client.incr(name)));
  return 'done';
}

export async function logged(names: string[], log: (line: string) => void): Promise<void> {
  await ready;
  await Promise.all(
    names.flatMap((name) => [
      client.sAdd('names', name.trim()),
      client.incr(`count:${name.trim()}`),
    ]),
  );
  for (const name of names) {
    log(`stored ${name}`);
  }
}
