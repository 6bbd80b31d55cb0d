import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (error) => console.error(error));
const ready = client.connect();

export async function listen(onPrice: (message: string) => void) {
  await ready;
  await client.subscribe('prices', onPrice);
}

export async function last(sku: string) {
  return await client.get(`price:${sku}`);
}

export async function forget() {
  await client.unsubscribe('prices');
}

export async function stop() {
  await client.quit();
}
