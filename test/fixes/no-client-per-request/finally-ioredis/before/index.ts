import { Redis } from 'ioredis';

interface Request {
  id: string;
}

export async function declaredBefore(req: Request, _res: unknown) {
  let client: Redis | undefined;
  try {
    // Only now: the request may be refused before.
    client = new Redis(process.env.REDIS_URL ?? '');
    return await client.get(`name:${req.id}`);
  } catch (error) {
    return (error as Error).message;
  } finally {
    if (client) {
      await client.quit();
    }
  }
}

export async function outlivesTheTry(req: Request, _res: unknown) {
  let client: Redis | null = null;
  let name: string | null = null;
  try {
    client = new Redis(process.env.REDIS_URL ?? '');
    name = await client.get(`name:${req.id}`);
  } finally {
    await client?.quit();
  }
  return { name };
}

export async function moreInFinally(req: Request, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '');
  const seen: string[] = [];
  try {
    seen.push(String(await client.exists(`name:${req.id}`)));
  } finally {
    seen.push('done');
    client.disconnect(); // whatever happened
  }
  return seen;
}

export async function carefully(req: Request, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '');
  try {
    return await client.get(`name:${req.id}`);
  } catch (error) {
    return (error as Error).message;
  } finally {
    try {
      await client.quit();
    } catch {
      // it is gone already
    }
  }
}

export async function two(req: Request, _res: unknown) {
  const one = new Redis(process.env.REDIS_URL ?? '');
  const other = new Redis(process.env.REDIS_URL ?? '');
  try {
    return [await one.get(`name:${req.id}`), await other.strlen(`name:${req.id}`)];
  } finally {
    await Promise.all([one.quit(), other.quit()]);
  }
}

export async function logged(req: Request, _res: unknown) {
  const client = new Redis(process.env.REDIS_URL ?? '', { lazyConnect: true });
  client.on('error', (error) => console.error(error));
  client.on('reconnecting', () => {
    console.warn('again');
  });
  await client.connect();
  const name = await client.get(`name:${req.id}`);
  void client.quit().catch(() => undefined);
  return name;
}

export async function several(req: Request, _res: unknown) {
  const key = `name:${req.id}`, client = new Redis(process.env.REDIS_URL ?? '');
  const name = await client.getset(key, 'eve');
  await client.quit();
  return name;
}
