import { client as shared } from './redis.js';

interface Request {
  id: string;
}

export async function next(req: Request, _res: unknown) {
  const redis = shared.duplicate();
  redis.on('error', (error) => console.error(error.message));
  await redis.connect();
  try {
    // Waits for a job.
    return await redis.blPop(`queue:${req.id}`, 0.1);
  } finally {
    await redis.quit();
  }
}

export async function entries(req: Request, _res: unknown) {
  const client = await shared.duplicate().on('error', () => undefined).connect();
  const found = await client.xRead({ key: `log:${req.id}`, id: '0' }, { COUNT: 1, BLOCK: 100 });
  await client.disconnect();
  return JSON.stringify(found);
}

export async function take(req: Request, _res: unknown) {
  let client;
  try {
    client = shared.duplicate();
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
  const subscriber = shared.duplicate();
  await subscriber.connect();
  let resolve: (text: string) => void = () => undefined;
  const message = new Promise<string>((done) => (resolve = done));
  await subscriber.subscribe(`news:${req.id}`, (text, channel) => resolve(`${channel}: ${text}`));
  await shared.publish(`news:${req.id}`, 'hello');
  const text = await message;
  await subscriber.quit();
  return text;
}

export async function inHelper(req: Request, _res: unknown) {
  const client = shared.duplicate();
  await client.connect();
  const job = await pop(client, req.id);
  await client.quit();
  return job;
}

async function pop(client: typeof shared, id: string) {
  return client.brPop(`queue:${id}`, 1);
}

class Watcher {
  private readonly redis = shared.duplicate();

  async one(id: string) {
    await this.redis.connect();
    const reply = await this.redis.blMove(`queue:${id}`, `done:${id}`, 'LEFT', 'RIGHT', 0.1);
    await this.redis.disconnect();
    return reply;
  }
}

export async function watched(req: Request, _res: unknown) {
  return new Watcher().one(req.id);
}
