import { Redis } from 'ioredis';
import { redis } from './redis-client.js';

/** Runs some work with a client of its own. */
export async function withRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
  const client = redis();
  return await work(client);
}

export const openClient = (): Redis => redis();
