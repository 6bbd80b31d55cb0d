import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);

export async function remember(key, value) {
  await client.set(key, value, 'EX', 3600); // expect: deprecated-client-api
}

export async function forget(key, other) {
  await client.del(key, other); // expect: deprecated-client-api
}

export async function rememberRight(key, value) {
  await client.set(key, value, { EX: 3600 }); // quiet: deprecated-client-api -- as this version has it
}
