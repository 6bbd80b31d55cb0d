import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

const hour = 3600;

export async function storePrices(prices: Record<string, number>, rate: number): Promise<void> {
  const pipeline = redis.pipeline();
  for (const [sku, price] of Object.entries(prices)) {
    // rounded, as the shop shows it
    const rounded = (price * rate).toFixed(2);
    pipeline.setex(`price:${sku}`, price > 10 ? hour : 60, rounded);
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
}

export async function storeAll(values: string[]): Promise<number> {
  let stored = 0;
  const pipeline = redis.pipeline();
  for (const value of values) {
    pipeline.set(`value:${stored}`, value);
    stored++;
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
  return stored;
}

export async function classify(items: { id: string; kind: string }[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const { id, kind } of items) {
    if (kind === 'gone') {
      pipeline.del(`item:${id}`);
    } else {
      pipeline.set(`item:${id}`, kind);
      pipeline.sadd(`kind:${kind}`, id);
    }
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
}

export async function raise(names: string[]): Promise<string> {
  const pipeline = redis.pipeline();
  for (const name of names) pipeline.incr(name);
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
  return 'done';
}

export async function logged(names: string[], log: (line: string) => void): Promise<void> {
  const pipeline = redis.pipeline();
  for (const name of names) {
    pipeline.sadd('names', name.trim());
    pipeline.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
  for (const name of names) {
    log(`stored ${name}`);
  }
}
