import { createClient } from 'redis';
import { database, socket } from './config.js';

interface Request {
  id: string;
}

export async function inDatabase(req: Request, _res: unknown) {
  const client = createClient({ url: process.env.REDIS_URL, database });
  client.on('error', (error) => console.error(error));
  await client.connect();
  await client.set(`name:${req.id}`, 'in another database');
  const name = await client.get(`name:${req.id}`);
  await client.quit();
  return name;
}

export async function byHost(req: Request, _res: unknown) {
  // By host and port.
  const client = await createClient({
    socket: { ...socket, connectTimeout: 2_000 },
    database: 2,
  }).connect();
  const name = await client.get(`name:${req.id}`);
  await client.quit();
  return name;
}

class Names {
  #redis = createClient({ url: process.env.REDIS_URL, database });

  async get(id: string) {
    await this.#redis.connect();
    try {
      return await this.#redis.get(`name:${id}`);
    } finally {
      await this.#redis.quit();
    }
  }
}

export async function inClass(req: Request, _res: unknown) {
  return new Names().get(req.id);
}

export async function plain(req: Request, _res: unknown) {
  const client = await createClient({ url: process.env.REDIS_URL }).connect();
  const name = await client.get(`name:${req.id}`);
  await client.quit();
  return name;
}
