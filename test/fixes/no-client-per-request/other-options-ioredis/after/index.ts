import { Redis } from 'ioredis';
import { redisWith } from './redis-client.js';

interface Request {
  id: string;
}

const { hostname, port } = new URL(process.env.REDIS_URL ?? '');

export async function inDatabase(req: Request, _res: unknown) {
  const client = redisWith({ host: hostname, port: Number(port), db: 2 });
  await client.set(`name:${req.id}`, 'in another database');
  const name = await client.get(`name:${req.id}`);
  return name;
}

export async function byUrl(req: Request, _res: unknown) {
  const client = redisWith(`${process.env.REDIS_URL}/2`, { connectionName: 'by-url' });
  return await client.get(`name:${req.id}`);
}

export async function prefixed(req: Request, _res: unknown) {
  // Keys of this service.
  const client = redisWith(process.env.REDIS_URL ?? '', {
    keyPrefix: 'app:',
    enableOfflineQueue: true,
  });
  const name = await client.get(`name:${req.id}`);
  await client.set(`seen:${req.id}`, '1', 'EX', 100);
  return name;
}

export async function byPortAndHost(req: Request, _res: unknown) {
  const client = new Redis(Number(port), hostname, { db: 2 });
  const name = await client.get(`name:${req.id}`);
  await client.quit();
  return name;
}

class Names {
  private readonly redis = redisWith(process.env.REDIS_URL ?? '', { keyPrefix: 'app:' });

  get(id: string) {
    return this.redis.get(`name:${id}`);
  }
}

export async function inClass(req: Request, _res: unknown) {
  return new Names().get(req.id);
}
