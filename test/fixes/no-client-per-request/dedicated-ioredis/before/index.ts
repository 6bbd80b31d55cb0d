import { Redis } from 'ioredis';

interface Request {
  id: string;
}

export async function next(req: Request, _res: unknown) {
  const redis = new Redis(process.env.REDIS_URL ?? '');
  redis.on('error', (error) => console.error(error.message));
  try {
    // Waits for a job.
    return await redis.blpop(`queue:${req.id}`, 0.1);
  } finally {
    await redis.quit();
  }
}

export async function entries(req: Request, _res: unknown) {
  const duplicate = new Redis(process.env.REDIS_URL ?? '');
  const found = await duplicate.xread('COUNT', 1, 'BLOCK', 100, 'STREAMS', `log:${req.id}`, '0');
  duplicate.disconnect();
  return found;
}

export async function take(req: Request, _res: unknown) {
  let client: Redis | undefined;
  try {
    client = new Redis(process.env.REDIS_URL ?? '', { lazyConnect: true });
    await client.connect();
    await client.watch(`stock:${req.id}`);
    const stock = Number(await client.get(`stock:${req.id}`));
    const replies = await client.multi().set(`stock:${req.id}`, stock - 1).exec();
    return replies?.length;
  } finally {
    await client?.quit();
  }
}

export async function heard(req: Request, _res: unknown) {
  const subscriber = new Redis(process.env.REDIS_URL ?? '');
  const publisher = new Redis(process.env.REDIS_URL ?? '');
  const message = new Promise<string>((resolve) => {
    subscriber.on('message', (channel, text) => resolve(`${channel}: ${text}`));
  });
  await subscriber.subscribe(`news:${req.id}`);
  await publisher.publish(`news:${req.id}`, 'hello');
  const text = await message;
  await Promise.all([subscriber.quit(), publisher.quit()]);
  return text;
}

export async function inHelper(req: Request, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '');
  const job = await pop(client, req.id);
  await client.quit();
  return job;
}

async function pop(client: Redis, id: string) {
  return client.brpop(`queue:${id}`, 1);
}

class Watcher {
  private readonly redis = new Redis(process.env.REDIS_URL ?? '');

  async one(id: string) {
    const reply = await this.redis.blmove(`queue:${id}`, `done:${id}`, 'LEFT', 'RIGHT', 0.1);
    this.redis.disconnect();
    return reply;
  }
}

export async function watched(req: Request, _res: unknown) {
  return new Watcher().one(req.id);
}
