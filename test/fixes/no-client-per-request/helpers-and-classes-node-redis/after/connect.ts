import { createClient } from 'redis';
import { redis } from './redis-client.js';

function make() {
  return createClient({ url: process.env.REDIS_URL });
}

/** Runs some work with a client of its own. */
export async function withRedis<T>(work: (client: ReturnType<typeof make>) => Promise<T>): Promise<T> {
  const client = await redis();
  return await work(client);
}

export const openClient = async () => await redis();
