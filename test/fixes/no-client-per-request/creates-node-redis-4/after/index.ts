import { redis, duplicate, redisWith } from './redis-client.js';

interface Request {
  email: string;
}

export async function subscribe(req: Request, _res: unknown) {
  const client = await redis();
  return { added: await client.sAdd('newsletter', req.email) };
}

export async function waiting(req: { queue: string }, _res: unknown) {
  const client = await duplicate();
  const item = await client.blPop(req.queue, 1);
  await client.disconnect();
  return item?.element;
}

export async function other(req: Request, _res: unknown) {
  const client = await redisWith({ url: process.env.REDIS_URL, database: 2, socket: { connectTimeout: 1_000 } });
  const isMember = await client.sIsMember('newsletter', req.email);
  return isMember;
}

class Names {
  async get(id: string) {
    const name = await (await redis()).get(`name:${id}`);
    return name;
  }
}

export async function inClass(req: Request, _res: unknown) {
  return new Names().get(req.email);
}

async function open() {
  return await redis();
}

export async function helped(req: Request, _res: unknown) {
  const client = await open();
  const length = await client.strLen(`name:${req.email}`);
  return length;
}
