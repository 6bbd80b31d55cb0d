import { Redis } from 'ioredis';
import { duplicate, duplicate as sharedDuplicate, redis } from './redis-client.js';

interface Request {
  id: string;
}

export async function next(req: Request, _res: unknown) {
  const redis = duplicate();
  redis.on('error', (error) => console.error(error.message));
  try {
    // Waits for a job.
    return await redis.blpop(`queue:${req.id}`, 0.1);
  } finally {
    await redis.quit();
  }
}

export async function entries(req: Request, _res: unknown) {
  const duplicate = sharedDuplicate();
  const found = await duplicate.xread('COUNT', 1, 'BLOCK', 100, 'STREAMS', `log:${req.id}`, '0');
  duplicate.disconnect();
  return found;
}

export async function take(req: Request, _res: unknown) {
  let client: Redis | undefined;
  try {
    client = duplicate();
    await client.watch(`stock:${req.id}`);
    const stock = Number(await client.get(`stock:${req.id}`));
    const replies = await client.multi().set(`stock:${req.id}`, stock - 1).exec();
    return replies?.length;
  } finally {
    await client?.quit();
  }
}

export async function heard(req: Request, _res: unknown) {
  const subscriber = duplicate();
  const publisher = redis();
  const message = new Promise<string>((resolve) => {
    subscriber.on('message', (channel, text) => resolve(`${channel}: ${text}`));
  });
  await subscriber.subscribe(`news:${req.id}`);
  await publisher.publish(`news:${req.id}`, 'hello');
  const text = await message;
  await Promise.all([subscriber.quit()]);
  return text;
}

export async function inHelper(req: Request, _res: unknown) {
  const client = duplicate();
  const job = await pop(client, req.id);
  await client.quit();
  return job;
}

async function pop(client: Redis, id: string) {
  return client.brpop(`queue:${id}`, 1);
}

class Watcher {
  private readonly redis = duplicate();

  async one(id: string) {
    const reply = await this.redis.blmove(`queue:${id}`, `done:${id}`, 'LEFT', 'RIGHT', 0.1);
    this.redis.disconnect();
    return reply;
  }
}

export async function watched(req: Request, _res: unknown) {
  return new Watcher().one(req.id);
}
