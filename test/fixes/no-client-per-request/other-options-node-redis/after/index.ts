import { database, socket } from './config.js';
import { redisWith, redis } from './redis-client.js';

interface Request {
  id: string;
}

export async function inDatabase(req: Request, _res: unknown) {
  const client = await redisWith({ url: process.env.REDIS_URL, database });
  await client.set(`name:${req.id}`, 'in another database');
  const name = await client.get(`name:${req.id}`);
  return name;
}

export async function byHost(req: Request, _res: unknown) {
  // By host and port.
  const client = await redisWith({
    socket: { ...socket, connectTimeout: 2_000 },
    database: 2,
  });
  const name = await client.get(`name:${req.id}`);
  return name;
}

class Names {
  async get(id: string) {
    return await (await redisWith({ url: process.env.REDIS_URL, database })).get(`name:${id}`);
  }
}

export async function inClass(req: Request, _res: unknown) {
  return new Names().get(req.id);
}

export async function plain(req: Request, _res: unknown) {
  const client = await redis();
  const name = await client.get(`name:${req.id}`);
  return name;
}
