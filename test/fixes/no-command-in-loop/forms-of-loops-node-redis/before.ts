import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function pushAll(feeds: string[], post: string): Promise<void> {
  await ready;
  for (let i = 0; i < feeds.length; i += 1) {
    await client.lPush(`feed:${feeds[i]}`, post); // newest first
  }
}

export async function ofMap(units: Map<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (const [sku, count] of units) {
    /* the reply is the whole stock */
    const stock = await client.incrBy(`stock:${sku}`, count);
    lines.push(`${sku}: ${stock}`);
  }
  return lines;
}

export async function ofEntries(prices: Record<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (const [sku, price] of Object.entries(prices)) {
    const old = await client.hGet(`old:${sku}`, 'price');
    lines.push(`${sku}: ${old} -> ${price}`);
  }
  return lines;
}

export async function ofKeys(prices: Record<string, number>): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (const sku in prices) {
    const old = await client.hGet(`old:${sku}`, 'price');
    lines.push(`${sku}: ${old}`);
  }
  return lines;
}

export async function flush(queue: { id: string; at: number }[]): Promise<number> {
  await ready;
  while (queue.length > 0) {
    const entry = queue.shift();
    if (!entry) continue;

    await client.hSet('flushed', entry.id, String(entry.at));
  }
  return queue.length;
}

export async function fromTheEnd(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  let at = ids.length;
  while (at > 0) {
    at--;
    const name = await client.hGet(`old:${ids[at]}`, 'price');
    names.push(name ?? 'none');
  }
  return names;
}

export async function pairs(rows: [id: string, words: string[]][]): Promise<string[]> {
  await ready;
  const found: string[] = [];
  rows: for (const [id, words] of rows) {
    for (const word of words) {
      // a stop word ends the row
      if (word === 'stop') continue rows;
      await client.sAdd(`words:${id}`, word);
    }
  }
  return found;
}

export async function once(ids: Set<string>): Promise<string[]> {
  await ready;
  const prices: string[] = [];
  for (const id of ids) {
    const price = await client.hGet(`old:${id}`, 'price');

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
  for (const i of upTo(n)) {
    const price = await client.hGet(`old:${i}`, 'price');
    prices.push(`${i}=${price}`);
  }
  return prices;
}
