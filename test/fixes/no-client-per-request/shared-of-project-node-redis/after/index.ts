import { client } from './redis';

interface Request {
  id: string;
}

export async function cart(req: Request, _res: unknown) {
  return await client.hGetAll(`cart:${req.id}`);
}

export async function rename(req: Request, _res: unknown) {
  const done = await client.multi().set(`name:${req.id}`, 'x').get(`name:${req.id}`).exec();
  return done;
}

async function connected() {
  return client;
}

export async function tags(req: Request, _res: unknown) {
  const client = await connected();
  const members = await client.sMembers(`tags:${req.id}`);
  return members.sort();
}

export async function hits(req: Request, _res: unknown) {
  return client.incr(`hits:${req.id}`);
}

export async function next(req: Request, _res: unknown) {
  const blocking = client.duplicate();
  blocking.on('error', () => undefined);
  await blocking.connect();
  const item = await blocking.blPop(`queue:${req.id}`, 1);
  await blocking.quit();
  return item?.element;
}

class Favourites {
  private readonly store = client;

  async add(id: string) {
    return this.store.sAdd('favourites', id);
  }
}

export async function favour(req: Request, _res: unknown) {
  const favourites = new Favourites();
  return favourites.add(req.id);
}
