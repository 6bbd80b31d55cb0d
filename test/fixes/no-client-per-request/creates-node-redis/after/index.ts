import { redis, duplicate } from './redis-client.js';

export async function subscribe(req: { email: string }, _res: unknown) {
  const client = await redis();
  return { added: await client.sAdd('newsletter', req.email) };
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = await duplicate();
  client.on('error', (error) => console.error(error));
  const item = await client.blPop(req.queue, 1);
  client.destroy();
  return item?.element;
}
