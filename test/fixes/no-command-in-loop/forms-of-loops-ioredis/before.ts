import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function pushAll(feeds: string[], post: string): Promise<void> {
  for (let i = 0; i < feeds.length; i += 1) {
    await redis.lpush(`feed:${feeds[i]}`, post); // newest first
  }
}

export async function ofMap(units: Map<string, number>): Promise<string[]> {
  const lines: string[] = [];
  for (const [sku, count] of units) {
    /* the reply is the whole stock */
    const stock = await redis.incrby(`stock:${sku}`, count);
    lines.push(`${sku}: ${stock}`);
  }
  return lines;
}

export async function ofEntries(prices: Record<string, number>): Promise<string[]> {
  const lines: string[] = [];
  for (const [sku, price] of Object.entries(prices)) {
    const old = await redis.hget(`old:${sku}`, 'price');
    lines.push(`${sku}: ${old} -> ${price}`);
  }
  return lines;
}

export async function ofKeys(prices: Record<string, number>): Promise<string[]> {
  const lines: string[] = [];
  for (const sku in prices) {
    const old = await redis.hget(`old:${sku}`, 'price');
    lines.push(`${sku}: ${old}`);
  }
  return lines;
}

export async function flush(queue: { id: string; at: number }[]): Promise<number> {
  while (queue.length > 0) {
    const entry = queue.shift();
    if (!entry) continue;

    await redis.hset('flushed', entry.id, String(entry.at));
  }
  return queue.length;
}

export async function fromTheEnd(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  let at = ids.length;
  while (at > 0) {
    at--;
    const name = await redis.hget(`old:${ids[at]}`, 'price');
    names.push(name ?? 'none');
  }
  return names;
}

export async function pairs(rows: [id: string, words: string[]][]): Promise<string[]> {
  const found: string[] = [];
  rows: for (const [id, words] of rows) {
    for (const word of words) {
      // a stop word ends the row
      if (word === 'stop') continue rows;
      await redis.sadd(`words:${id}`, word);
    }
  }
  return found;
}

export async function once(ids: Set<string>): Promise<string[]> {
  const prices: string[] = [];
  for (const id of ids) {
    const price = await redis.hget(`old:${id}`, 'price');

    // unknown ones are free
    prices.push(`${id} ${price ?? 0}`);
  }
  return prices;
}

function* upTo(n: number): Generator<number> {
  for (let i = 1; i <= n; i++) yield i;
}

export async function ofGenerator(n: number): Promise<string[]> {
  const prices: string[] = [];
  for (const i of upTo(n)) {
    const price = await redis.hget(`old:${i}`, 'price');
    prices.push(`${i}=${price}`);
  }
  return prices;
}
