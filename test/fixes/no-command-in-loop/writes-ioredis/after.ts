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
  const batch = redis.pipeline();
  for (const name of names) {
    batch.sadd('names', name.trim());
    batch.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await batch.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline2 = redis.pipeline();
  for (const name of names) {
    pipeline2.sadd('names', name.trim());
    pipeline2.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline2.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline3 = redis.pipeline();
  for (const name of names) {
    pipeline3.sadd('names', name.trim());
    pipeline3.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline3.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline4 = redis.pipeline();
  for (const name of names) {
    pipeline4.sadd('names', name.trim());
    pipeline4.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline4.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline5 = redis.pipeline();
  for (const name of names) {
    pipeline5.sadd('names', name.trim());
    pipeline5.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline5.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline6 = redis.pipeline();
  for (const name of names) {
    pipeline6.sadd('names', name.trim());
    pipeline6.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline6.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline7 = redis.pipeline();
  for (const name of names) {
    pipeline7.sadd('names', name.trim());
    pipeline7.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline7.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline8 = redis.pipeline();
  for (const name of names) {
    pipeline8.sadd('names', name.trim());
    pipeline8.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline8.exec()) ?? []) {
    if (error) throw error;
  }
  const pipeline9 = redis.pipeline();
  for (const name of names) {
    pipeline9.sadd('names', name.trim());
    pipeline9.incr(`count:${name.trim()}`);
  }
  for (const [error] of (await pipeline9.exec()) ?? []) {
    if (error) throw error;
  }
  for (const name of names) {
    await redis.sadd('names', name.trim());
    await redis.incr(`count:${name.trim()}`);
    log(`stored ${name}`);
  }
}
