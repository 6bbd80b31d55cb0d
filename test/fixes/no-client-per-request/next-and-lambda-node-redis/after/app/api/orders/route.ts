import { orderKey } from '#lib/keys.js';
import { redis } from '#lib/redis-client.js';

export async function GET(request: Request): Promise<Response> {
  const client = await redis();
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const state = await client.get(orderKey(id));
  return Response.json({ id, state });
}
