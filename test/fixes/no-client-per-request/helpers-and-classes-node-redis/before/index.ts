import { openClient, withRedis } from './connect.js';
import { Notes, Visits } from './stores.js';

interface Request {
  id: string;
}

export async function name(req: Request, _res: unknown) {
  return withRedis((client) => client.hGet(`user:${req.id}`, 'name'));
}

export async function both(req: Request, _res: unknown) {
  return withRedis(async (redis) => {
    const user = await redis.hGetAll(`user:${req.id}`);
    return { user, tags: await redis.sCard(`tags:${req.id}`) };
  });
}

export async function tags(req: Request, _res: unknown) {
  const client = await openClient();
  try {
    const all = await client.sMembers(`tags:${req.id}`);
    return all.sort();
  } finally {
    await client.disconnect();
  }
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
  const notes = await new Notes().open();
  await notes.write(req.id, 'a note');
  await notes.end();
}

export async function recall(req: Request, _res: unknown) {
  const notes = await new Notes().open();
  return notes.read(req.id);
}
