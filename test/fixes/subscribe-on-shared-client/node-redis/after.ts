import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
const subscriber = client.duplicate().on('error', (error) => console.error(error));
client.on('error', (error) => console.error(error));
const ready = client.connect();

export async function listen(onPrice: (message: string) => void) {
  await ready;
  if (!subscriber.isOpen) await subscriber.connect();
  await subscriber.subscribe('prices', onPrice);
}

export async function last(sku: string) {
  return await client.get(`price:${sku}`);
}

export async function forget() {
  if (!subscriber.isOpen) await subscriber.connect();
  await subscriber.unsubscribe('prices');
}

export async function stop() {
  await client.quit();
  if (subscriber.isOpen) subscriber.destroy();
}
