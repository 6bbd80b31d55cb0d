import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function pushAll(feeds: string[], post: string): Promise<void> {
  const pipeline = redis.pipeline();
  for (let i = 0; i < feeds.length; i += 1) {
    pipeline.lpush(`feed:${feeds[i]}`, post); // newest first
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
}

export async function ofMap(units: Map<string, number>): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const [sku, count] of units) {
    pipeline.incrby(`stock:${sku}`, count);
    queued.push(sku);
  }
  const stocks = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, sku] of queued.entries()) {
    /* the reply is the whole stock */
    const stock = stocks[index] as number;
    lines.push(`${sku}: ${stock}`);
  }
  return lines;
}

export async function ofEntries(prices: Record<string, number>): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const [sku, price] of Object.entries(prices)) {
    pipeline.hget(`old:${sku}`, 'price');
    queued.push({ sku, price });
  }
  const olds = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, { sku, price }] of queued.entries()) {
    const old = olds[index] as string | null;
    lines.push(`${sku}: ${old} -> ${price}`);
  }
  return lines;
}

export async function ofKeys(prices: Record<string, number>): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const sku in prices) {
    pipeline.hget(`old:${sku}`, 'price');
    queued.push(sku);
  }
  const olds = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, sku] of queued.entries()) {
    const old = olds[index] as string | null;
    lines.push(`${sku}: ${old}`);
  }
  return lines;
}

export async function flush(queue: { id: string; at: number }[]): Promise<number> {
  const pipeline = redis.pipeline();
  while (queue.length > 0) {
    const entry = queue.shift();
    if (!entry) continue;

    pipeline.hset('flushed', entry.id, String(entry.at));
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
  return queue.length;
}

export async function fromTheEnd(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  let at = ids.length;
  const pipeline = redis.pipeline();
  while (at > 0) {
    at--;
    pipeline.hget(`old:${ids[at]}`, 'price');
  }
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
    const name = reply as string | null;
    names.push(name ?? 'none');
  }
  return names;
}

export async function pairs(rows: [id: string, words: string[]][]): Promise<string[]> {
  const found: string[] = [];
  const pipeline = redis.pipeline();
  rows: for (const [id, words] of rows) {
    for (const word of words) {
      // a stop word ends the row
      if (word === 'stop') continue rows;
      pipeline.sadd(`words:${id}`, word);
    }
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
  return found;
}

export async function once(ids: Set<string>): Promise<string[]> {
  const prices: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const id of ids) {
    pipeline.hget(`old:${id}`, 'price');
    queued.push(id);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of queued.entries()) {
    const price = replies[index] as string | null;

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
  const pipeline = redis.pipeline();
  const queued = [];
  for (const i of upTo(n)) {
    pipeline.hget(`old:${i}`, 'price');
    queued.push(i);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, i] of queued.entries()) {
    const price = replies[index] as string | null;
    prices.push(`${i}=${price}`);
  }
  return prices;
}
