import { Redis } from 'ioredis';

/** Runs some work with a client of its own. */
export async function withRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(process.env.REDIS_URL!);
  try {
    return await work(client);
  } finally {
    await client.quit();
  }
}

export const openClient = (): Redis => new Redis(process.env.REDIS_URL!);
