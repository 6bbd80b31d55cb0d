import { createClient } from 'redis';
import { orderKey } from '#lib/keys.js';

export async function GET(request: Request): Promise<Response> {
  const client = await createClient({ url: process.env.REDIS_URL })
    .on('error', (error) => console.error(error))
    .connect();
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const state = await client.get(orderKey(id));
  await client.quit();
  return Response.json({ id, state });
}
