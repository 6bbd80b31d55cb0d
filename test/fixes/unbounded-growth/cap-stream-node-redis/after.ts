import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

export async function track(id: string, event: string, user: string) {
  return client.xAdd('events', id, { event, user }, { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 10000 } });
}

export async function click(shop: string, id: string) {
  return client.multi().xAdd(`clicks:${shop}`, id, { by: shop }, { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: 10000 } }).exec();
}

export async function raw(id: string) {
  return client.sendCommand(['XADD', 'raw-events', 'MAXLEN', '~', '10000', id, 'a', 'b']);
}
