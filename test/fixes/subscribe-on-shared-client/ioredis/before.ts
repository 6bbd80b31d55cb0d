import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const heard: string[] = [];

redis.on('message', (_channel: string, message: string) => heard.push(message));

export async function listen() {
  await redis.subscribe('prices');
}

export async function last(sku: string) {
  return await redis.get(`price:${sku}`);
}

export async function forget() {
  await redis.unsubscribe('prices');
  return heard.length;
}

export function stop() {
  redis.disconnect();
}
