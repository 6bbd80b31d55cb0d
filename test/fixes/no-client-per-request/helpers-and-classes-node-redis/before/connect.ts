import { createClient } from 'redis';

function make() {
  return createClient({ url: process.env.REDIS_URL });
}

/** Runs some work with a client of its own. */
export async function withRedis<T>(work: (client: ReturnType<typeof make>) => Promise<T>): Promise<T> {
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', (error) => console.error(error));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.quit();
  }
}

export const openClient = async () => createClient({ url: process.env.REDIS_URL }).connect();
