import { createClient } from 'redis';

async function connected() {
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function save(value: string) {
  const client = await connected();
  try {
    return await client.set('k', value);
  } finally {
    await client.quit();
  }
}

export async function read() {
  const client = await connected();
  return client.get('k').finally(() => client.quit());
}

export async function drop() {
  const client = await connected();
  await client.del('k');
  await client.quit().catch(() => undefined);
}
