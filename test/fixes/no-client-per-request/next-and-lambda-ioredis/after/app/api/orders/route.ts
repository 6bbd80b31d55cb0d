import { orderKey } from '#lib/keys.js';
import { redis as sharedRedis } from '#lib/redis-client.js';

export async function GET(request: Request): Promise<Response> {
  const redis = sharedRedis();
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const state = await redis.get(orderKey(id));
  return Response.json({ id, state });
}
