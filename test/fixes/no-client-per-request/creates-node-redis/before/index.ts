import { createClient } from 'redis';

export async function subscribe(req: { email: string }, _res: unknown) {
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', (error) => console.error(error));
  await client.connect();
  try {
    return { added: await client.sAdd('newsletter', req.email) };
  } finally {
    await client.close();
  }
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', (error) => console.error(error));
  await client.connect();
  const item = await client.blPop(req.queue, 1);
  client.destroy();
  return item?.element;
}
