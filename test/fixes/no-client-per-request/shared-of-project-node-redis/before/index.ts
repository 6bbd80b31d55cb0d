import { createClient } from 'redis';
import { redisUrl } from './redis';

interface Request {
  id: string;
}

export async function cart(req: Request, _res: unknown) {
  const client = createClient({ url: redisUrl });
  client.on('error', (error: Error) => console.error(error.message));
  await client.connect();
  try {
    return await client.hGetAll(`cart:${req.id}`);
  } finally {
    await client.quit();
  }
}

export async function rename(req: Request, _res: unknown) {
  const own = await createClient({ url: redisUrl }).on('error', () => undefined).connect();
  const done = await own.multi().set(`name:${req.id}`, 'x').get(`name:${req.id}`).exec();
  if (own.isOpen) {
    await own.disconnect();
  }
  return done;
}

async function connected() {
  const client = createClient({ url: redisUrl });
  client.on('error', () => undefined);
  return client.connect();
}

export async function tags(req: Request, _res: unknown) {
  const client = await connected();
  const members = await client.sMembers(`tags:${req.id}`);
  await client.quit();
  return members.sort();
}

export async function hits(req: Request, _res: unknown) {
  return (await createClient({ url: redisUrl }).connect()).incr(`hits:${req.id}`);
}

export async function next(req: Request, _res: unknown) {
  const blocking = createClient({ url: redisUrl });
  blocking.on('error', () => undefined);
  await blocking.connect();
  const item = await blocking.blPop(`queue:${req.id}`, 1);
  await blocking.quit();
  return item?.element;
}

class Favourites {
  private readonly store = createClient({ url: redisUrl });

  async add(id: string) {
    if (!this.store.isOpen) await this.store.connect();
    return this.store.sAdd('favourites', id);
  }
}

export async function favour(req: Request, _res: unknown) {
  const favourites = new Favourites();
  return favourites.add(req.id);
}
