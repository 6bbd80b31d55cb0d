import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function users() {
  const found = [];
  try {
    for await (const key of client.scanIterator({ MATCH: 'user:*', COUNT: 200 })) {
      found.push(await client.hGetAll(key));
    }
  } catch {
    found.push(await client.get('fallback'));
  }
  return found;
}

export async function helper() {
  try {
    for await (let user of client.scanIterator({ MATCH: 'user:*' })) await keep(user);
    return 'done';
  } catch {
    return client.get('fallback');
  }
}

async function keep(key) {
  await client.persist(key);
}
