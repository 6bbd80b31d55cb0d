import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

const hour = 3600;

export async function storePrices(prices: Record<string, number>, rate: number): Promise<void> {
  for (const [sku, price] of Object.entries(prices)) {
    // rounded, as the shop shows it
    const rounded = (price * rate).toFixed(2);
    await redis.setex(`price:${sku}`, price > 10 ? hour : 60, rounded);
  }
}

export async function storeAll(values: string[]): Promise<number> {
  let stored = 0;
  for (const value of values) {
    await redis.set(`value:${stored}`, value);
    stored++;
  }
  return stored;
}

export async function classify(items: { id: string; kind: string }[]): Promise<void> {
  for (const { id, kind } of items) {
    if (kind === 'gone') {
      await redis.del(`item:${id}`);
    } else {
      await redis.set(`item:${id}`, kind);
      await redis.sadd(`kind:${kind}`, id);
    }
  }
}

export async function raise(names: string[]): Promise<string> {
  for (const name of names) await redis.incr(name);
  return 'done';
}

export async function logged(names: string[], log: (line: string) => void): Promise<void> {
  for (const name of names) {
    await redis.sadd('names', name.trim());
    await redis.incr(`count:${name.trim()}`);
    log(`stored ${name}`);
  }
}
