import { Redis } from 'ioredis';
import { orderKey } from '#lib/keys.js';

export async function GET(request: Request): Promise<Response> {
  const redis = new Redis(process.env.REDIS_URL!);
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const state = await redis.get(orderKey(id));
  await redis.quit();
  return Response.json({ id, state });
}
