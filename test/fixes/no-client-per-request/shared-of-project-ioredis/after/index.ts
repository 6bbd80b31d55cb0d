import { Redis } from 'ioredis';
import { redis } from './redis';

interface Request {
  id: string;
}

// Closed at the end, whatever happens.
export async function cart(req: Request, _res: unknown) {
  // A cart is a hash.
  const items = await redis.hgetall(`cart:${req.id}`);
  const text = `items:
    ${Object.keys(items).join(' ')}`;

  return text; // all of it
}

export async function clear(req: Request, _res: unknown) {
  // only for this
  const removed = await redis.unlink(`cart:${req.id}`);
  return { removed };
}

export async function total(req: Request, _res: unknown) {
  const items = 'not the ones below';
  let sum = 0;
  {
    const items = await redis.hvals(`prices:${req.id}`);
    for (const item of items) sum += Number(item);
  }
  return [items, sum];
}

export async function touch(req: Request, _res: unknown) {
  try {
    return await redis.incr(`seen:${req.id}`);
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

export function count(req: Request, _res: unknown) {
  return redis.hlen(`cart:${req.id}`);
}

export async function size(req: Request, _res: unknown) {
  const { length } = await lengths(redis, req.id);
  return length;
}

async function lengths(client: Redis, id: string) {
  return { length: await client.llen(`queue:${id}`) };
}

function open() {
  return redis;
}

export async function first(req: Request, _res: unknown) {
  const opened = open();
  const head = await opened.lindex(`queue:${req.id}`, 0);
  return head;
}

export async function next(req: Request, _res: unknown) {
  const blocking = redis.duplicate();
  const item = await blocking.blpop(`queue:${req.id}`, 1);
  blocking.disconnect();
  return item?.[1];
}

export async function warm(ids: string[]) {
  for (const id of ids) {
    await redis.set(`warm:${id}`, '1', 'EX', 60);
  }
}
