import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

interface Options {
  ttl?: number;
}

export async function cache(key: string, value: string, options: Options = {}) {
  return client.set(`cache:${key}`, value, { EX: options.ttl });
}

export async function claim(key: string, value: string, options: Options = {}) {
  return client.set(`claim:${key}`, value, { EX: options.ttl!, NX: true });
}

export async function slide(key: string, value: string, ttl?: number) {
  await client.multi().set(`slide:${key}`, value, { PX: ttl }).incr('slides').exec();
}

export async function read(key: string, seconds?: number) {
  return client.getEx(`cache:${key}`, { EX: seconds! });
}

export async function renew(key: string, seconds?: number) {
  await client.expire(`cache:${key}`, seconds!);
}

export async function keep(key: string, value: string, seconds?: number) {
  await client.setEx(`keep:${key}`, seconds!, value);
}
