import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

type Send = (address: string, subject: string) => unknown;

export async function digests(ids: string[], send: Send): Promise<number> {
  await ready;
  let sent = 0;
  for (const id of ids) {
    // the address may have been removed since
    const address = await client.hGet(`user:${id}`, 'mail');
    if (!address) continue;

    await send(address, `Digest for ${id}`);
    sent += 1;
  }
  return sent;
}

export async function announce(ids: string[], send: Send): Promise<void> {
  await ready;
  for (const id of ids) {
    const name = await client.hGet(`user:${id}`, 'name');
    const mail = await client.hGet(`user:${id}`, 'mail');
    await send(mail ?? 'nobody', name ?? id);
  }
}

export async function forward(ids: string[], send: Send): Promise<void> {
  await ready;
  for (const id of ids) await send((await client.hGet(`user:${id}`, 'mail')) ?? 'none', id);
}
