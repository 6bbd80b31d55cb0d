import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));

export async function setStatus(id: string, status: string, data: any = {}) {
  const fields = { status, updatedAt: new Date(), ...data };
  await client.hSet(`job:${id}`, fields); // expect: hset-nested-value
}

export async function setStatusText(id: string, status: string, data: any = {}) {
  const fields = { status, updatedAt: new Date().toISOString(), ...data };
  await client.hSet(`job:${id}`, fields); // quiet: hset-nested-value -- texts, and what nobody knows
}
