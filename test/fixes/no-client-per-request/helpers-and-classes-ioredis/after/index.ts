import { openClient, withRedis } from './connect.js';
import { Notes, Visits } from './stores.js';

interface Request {
  id: string;
}

export async function name(req: Request, _res: unknown) {
  return withRedis((client) => client.hget(`user:${req.id}`, 'name'));
}

export async function both(req: Request, _res: unknown) {
  return withRedis(async (redis) => {
    const user = await redis.hgetall(`user:${req.id}`);
    return { user, tags: await redis.scard(`tags:${req.id}`) };
  });
}

export async function tags(req: Request, _res: unknown) {
  const client = openClient();
  const all = await client.smembers(`tags:${req.id}`);
  return all.sort();
}

export async function visit(req: Request, _res: unknown) {
  const visits = new Visits('count');
  const count = await visits.add(req.id);
  await visits.close();
  return count;
}

export async function visits(req: Request, _res: unknown) {
  const visits = new Visits('count');
  const count = await visits.read(req.id);
  await visits.close();
  return count;
}

export async function remember(req: Request, _res: unknown) {
  const notes = new Notes();
  await notes.write(req.id, 'a note');
  notes.end();
}

export async function recall(req: Request, _res: unknown) {
  return new Notes().read(req.id);
}
