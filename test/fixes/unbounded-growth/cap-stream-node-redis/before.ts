import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function track(id: string, event: string, user: string) {
  return client.xAdd('events', id, { event, user });
}

export async function click(shop: string, id: string) {
  return client.multi().xAdd(`clicks:${shop}`, id, { by: shop }).exec();
}

export async function raw(id: string) {
  return client.sendCommand(['XADD', 'raw-events', id, 'a', 'b']);
}
