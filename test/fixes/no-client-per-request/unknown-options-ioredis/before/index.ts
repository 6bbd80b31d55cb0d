import { Redis, type RedisOptions } from 'ioredis';

interface Request {
  id: string;
}

/** A handler for whichever Redis its options name. */
function nameHandler(options: RedisOptions) {
  return async (req: Request, _res: unknown) => {
    const client = new Redis(options);
    await client.append(`name:${req.id}`, '!');
    const name = await client.get(`name:${req.id}`);
    await client.quit();
    return name;
  };
}

const { hostname, port } = new URL(process.env.REDIS_URL ?? '');

export const first = nameHandler({ host: hostname, port: Number(port) });
export const second = nameHandler({ host: hostname, port: Number(port), db: 3 });
