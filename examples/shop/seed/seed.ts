/** Example data: every type of Redis, small and past the compact encodings, with and without a time to live; the same at each run. */
import { Redis } from 'ioredis';
import type { ChainableCommander } from 'ioredis';
import { seedCatalogue } from './catalogue';
import { seedOddities } from './oddities';
import { seedOrders } from './orders';
import { seedPeople } from './people';
import { Random } from './random';

export interface SeedSummary {
  keys: number;
  ms: number;
}

/**
 * Fills the database of `url`, which has to be empty: nothing of anybody's is overwritten. Rejects otherwise, when the server cannot be
 * reached, and on the first command that fails.
 */
export async function seedShop(url: string): Promise<SeedSummary> {
  const started = Date.now();
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const before = await redis.dbsize();
    if (before > 0) throw new Error(`The database already holds ${before} keys. The seed is only put into an empty one.`);
    const random = new Random(20261120);
    await fill(redis, (queue) => seedCatalogue(queue, random));
    await fill(redis, (queue) => seedPeople(queue, random));
    await fill(redis, (queue) => seedOrders(queue, random));
    await fill(redis, seedOddities);
    return { keys: await redis.dbsize(), ms: Date.now() - started };
  } finally {
    redis.disconnect();
  }
}

async function fill(redis: Redis, add: (queue: ChainableCommander) => void): Promise<void> {
  const queue = redis.pipeline();
  add(queue);
  const replies = (await queue.exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
}
