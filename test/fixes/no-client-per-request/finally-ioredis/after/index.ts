import { redis } from './redis-client.js';

interface Request {
  id: string;
}

export async function declaredBefore(req: Request, _res: unknown) {
  try {
    // Only now: the request may be refused before.
    const client = redis();
    return await client.get(`name:${req.id}`);
  } catch (error) {
    return (error as Error).message;
  }
}

export async function outlivesTheTry(req: Request, _res: unknown) {
  let name: string | null = null;
  const client = redis();
  name = await client.get(`name:${req.id}`);
  return { name };
}

export async function moreInFinally(req: Request, _res: unknown) {
  const client = redis();
  const seen: string[] = [];
  try {
    seen.push(String(await client.exists(`name:${req.id}`)));
  } finally {
    seen.push('done');
  }
  return seen;
}

export async function carefully(req: Request, _res: unknown) {
  const client = redis();
  try {
    return await client.get(`name:${req.id}`);
  } catch (error) {
    return (error as Error).message;
  }
}

export async function two(req: Request, _res: unknown) {
  const one = redis();
  const other = redis();
  return [await one.get(`name:${req.id}`), await other.strlen(`name:${req.id}`)];
}

export async function logged(req: Request, _res: unknown) {
  const client = redis();
  const name = await client.get(`name:${req.id}`);
  return name;
}

export async function several(req: Request, _res: unknown) {
  const key = `name:${req.id}`, client = redis();
  const name = await client.getset(key, 'eve');
  return name;
}
