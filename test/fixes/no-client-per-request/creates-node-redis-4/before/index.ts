import { createClient, type RedisClientType } from 'redis';

interface Request {
  email: string;
}

export async function subscribe(req: Request, _res: unknown) {
  const client: RedisClientType = createClient({ url: process.env.REDIS_URL });
  client.on('error', (error) => console.error(error));
  await client.connect();
  try {
    return { added: await client.sAdd('newsletter', req.email) };
  } finally {
    await client.quit();
  }
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = createClient({ url: process.env.REDIS_URL });
  await client.connect();
  const item = await client.blPop(req.queue, 1);
  await client.disconnect();
  return item?.element;
}

export async function other(req: Request, _res: unknown) {
  const client = createClient({ url: process.env.REDIS_URL, database: 2, socket: { connectTimeout: 1_000 } });
  await client.connect();
  const isMember = await client.sIsMember('newsletter', req.email);
  await client.quit();
  return isMember;
}

class Names {
  private redis = createClient({ url: process.env.REDIS_URL });

  async get(id: string) {
    await this.redis.connect();
    const name = await this.redis.get(`name:${id}`);
    await this.redis.disconnect();
    return name;
  }
}

export async function inClass(req: Request, _res: unknown) {
  return new Names().get(req.email);
}

async function open() {
  return createClient({ url: process.env.REDIS_URL }).connect();
}

export async function helped(req: Request, _res: unknown) {
  const client = await open();
  const length = await client.strLen(`name:${req.email}`);
  await client.disconnect();
  return length;
}
