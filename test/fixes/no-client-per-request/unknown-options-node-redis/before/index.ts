import { createClient } from 'redis';

interface Request {
  id: string;
}

/** A handler for whichever Redis its options name. */
function nameHandler(options: { url: string; database?: number }) {
  return async (req: Request, _res: unknown) => {
    const client = createClient(options);
    await client.connect();
    await client.append(`name:${req.id}`, '!');
    const name = await client.get(`name:${req.id}`);
    await client.quit();
    return name;
  };
}

export const first = nameHandler({ url: process.env.REDIS_URL ?? '' });
export const second = nameHandler({ url: process.env.REDIS_URL ?? '', database: 3 });
