import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function pushAll(feeds: string[], post: string): Promise<void> {
  await ready;
  const pending = [];
  for (let i = 0; i < feeds.length; i += 1) {
    pending.push(client.lPush(`feed:${feeds[i]}`, post)); // newest first
  }
  await Promise.all(pending);
}

export async function ofMap(units: Map<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const replies = await Promise.all(
    Array.from(units, async ([sku, count]) => ({ sku, stock: await client.incrBy(`stock:${sku}`, count) })),
  );
  for (const { sku, stock } of replies) {
    /* the reply is the whole stock */
    lines.push(`${sku}: ${stock}`);
  }
  return lines;
}

export async function ofEntries(prices: Record<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const replies = await Promise.all(
    Object.entries(prices).map(async ([sku, price]) => ({ sku, price, old: await client.hGet(`old:${sku}`, 'price') })),
  );
  for (const { sku, price, old } of replies) {
    lines.push(`${sku}: ${old} -> ${price}`);
  }
  return lines;
}

export async function ofKeys(prices: Record<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const pending = [];
  for (const sku in prices) {
    pending.push(client.hGet(`old:${sku}`, 'price').then((old) => ({ sku, old })));
  }
  for (const { sku, old } of await Promise.all(pending)) {
    lines.push(`${sku}: ${old}`);
  }
  return lines;
}

export async function flush(queue: { id: string; at: number }[]): Promise<number> {
  await ready;
  const pending = [];
  while (queue.length > 0) {
    const entry = queue.shift();
    if (!entry) continue;

    pending.push(client.hSet('flushed', entry.id, String(entry.at)));
  }
  await Promise.all(pending);
  return queue.length;
}

export async function fromTheEnd(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  let at = ids.length;
  const pending = [];
  while (at > 0) {
    at--;
    pending.push(client.hGet(`old:${ids[at]}`, 'price'));
  }
  for (const name of await Promise.all(pending)) {
    names.push(name ?? 'none');
  }
  return names;
}

export async function pairs(rows: [id: string, words: string[]][]): Promise<string[]> {
  await ready;
  const found: string[] = [];
  const pending = [];
  rows: for (const [id, words] of rows) {
    for (const word of words) {
      // a stop word ends the row
      if (word === 'stop') continue rows;
      pending.push(client.sAdd(`words:${id}`, word));
    }
  }
  await Promise.all(pending);
  return found;
}

export async function once(ids: Set<string>): Promise<string[]> {
  await ready;
  const prices: string[] = [];
  const replies = await Promise.all(
    Array.from(ids, async (id) => ({ id, price: await client.hGet(`old:${id}`, 'price') })),
  );
  for (const { id, price } of replies) {
    // unknown ones are free
    prices.push(`${id} ${price ?? 0}`);
  }
  return prices;
}

function* upTo(n: number): Generator<number> {
  for (let i = 1; i <= n; i++) yield i;
}

export async function ofGenerator(n: number): Promise<string[]> {
  await ready;
  const prices: string[] = [];
  const replies = await Promise.all(
    Array.from(upTo(n), async (i) => ({ i, price: await client.hGet(`old:${i}`, 'price') })),
  );
  for (const { i, price } of replies) {
    prices.push(`${i}=${price}`);
  }
  return prices;
}
