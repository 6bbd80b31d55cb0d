import { Redis } from 'ioredis';
import { redisUrl } from './redis';

interface Request {
  id: string;
}

// Closed at the end, whatever happens.
export async function cart(req: Request, _res: unknown) {
  const redis = new Redis(redisUrl);
  try {
    // A cart is a hash.
    const items = await redis.hgetall(`cart:${req.id}`);
    const text = `items:
    ${Object.keys(items).join(' ')}`;

    return text; // all of it
  } finally {
    await redis.quit();
  }
}

export async function clear(req: Request, _res: unknown) {
  const client = new Redis(redisUrl, { lazyConnect: true, connectionName: 'clear' }); // only for this
  client.on('error', (error) => console.error(error));
  await client.connect();
  const removed = await client.unlink(`cart:${req.id}`);
  // No more than this.
  client.disconnect();
  return { removed };
}

export async function total(req: Request, _res: unknown) {
  const items = 'not the ones below';
  const client = new Redis(redisUrl);
  let sum = 0;
  try {
    const items = await client.hvals(`prices:${req.id}`);
    for (const item of items) sum += Number(item);
  } finally {
    client.disconnect();
  }
  return [items, sum];
}

export async function touch(req: Request, _res: unknown) {
  const client = new Redis(redisUrl);
  try {
    return await client.incr(`seen:${req.id}`);
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  } finally {
    if (client.status === 'ready') await client.quit().catch(() => undefined);
  }
}

export function count(req: Request, _res: unknown) {
  const client = new Redis(redisUrl);
  return client.hlen(`cart:${req.id}`).finally(() => client.quit());
}

export async function size(req: Request, _res: unknown) {
  const client = new Redis(redisUrl);
  const { length } = await lengths(client, req.id);
  await client.quit();
  return length;
}

async function lengths(client: Redis, id: string) {
  return { length: await client.llen(`queue:${id}`) };
}

function open() {
  const client = new Redis(redisUrl);
  return client;
}

export async function first(req: Request, _res: unknown) {
  const opened = open();
  const head = await opened.lindex(`queue:${req.id}`, 0);
  await opened.quit();
  return head;
}

export async function next(req: Request, _res: unknown) {
  const blocking = new Redis(redisUrl);
  const item = await blocking.blpop(`queue:${req.id}`, 1);
  blocking.disconnect();
  return item?.[1];
}

export async function warm(ids: string[]) {
  for (const id of ids) {
    const client = new Redis(redisUrl);
    await client.set(`warm:${id}`, '1', 'EX', 60);
    await client.quit();
  }
}
