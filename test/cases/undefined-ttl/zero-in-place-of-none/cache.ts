import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);

export async function put(key: string, value: string, options?: { ttl?: number }): Promise<void> {
  await client.set(`cache:${key}`, value, { EX: options?.ttl ?? 0 }); // expect: undefined-ttl
}

export async function keep(key: string, value: string, options?: { ttl?: number }): Promise<void> {
  const ttl = options?.ttl ?? 0;
  if (ttl > 0) await client.set(`cache:${key}`, value, { EX: ttl }); // quiet: undefined-ttl -- looked at before
  else await client.set(`cache:${key}`, value);
}

export async function forget(key: string): Promise<void> {
  await client.expire(`cache:${key}`, 0); // quiet: undefined-ttl -- EXPIRE removes the key
}
