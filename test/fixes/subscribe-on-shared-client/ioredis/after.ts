import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const subscriber = redis.duplicate().on('error', (error) => console.error(error));
const heard: string[] = [];

subscriber.on('message', (_channel: string, message: string) => heard.push(message));

export async function listen() {
  await subscriber.subscribe('prices');
}

export async function last(sku: string) {
  return await redis.get(`price:${sku}`);
}

export async function forget() {
  await subscriber.unsubscribe('prices');
  return heard.length;
}

export function stop() {
  redis.disconnect();
  subscriber.disconnect();
}
