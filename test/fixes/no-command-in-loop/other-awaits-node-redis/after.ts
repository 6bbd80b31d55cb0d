import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

type Send = (address: string, subject: string) => unknown;

export async function digests(ids: string[], send: Send): Promise<number> {
  await ready;
  let sent = 0;
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, address: await client.hGet(`user:${id}`, 'mail') })),
  );
  for (const { id, address } of replies) {
    // the address may have been removed since
    if (!address) continue;

    await send(address, `Digest for ${id}`);
    sent += 1;
  }
  return sent;
}

export async function announce(ids: string[], send: Send): Promise<void> {
  await ready;
  const replies = await Promise.all(
    ids.map(async (id) => {
      const [name, mail] = await Promise.all([
        client.hGet(`user:${id}`, 'name'),
        client.hGet(`user:${id}`, 'mail'),
      ]);
      return { id, name, mail };
    }),
  );
  for (const { id, name, mail } of replies) {
    await send(mail ?? 'nobody', name ?? id);
  }
}

export async function forward(ids: string[], send: Send): Promise<void> {
  await ready;
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, value: await client.hGet(`user:${id}`, 'mail') })),
  );
  for (const { id, value } of replies) await send(value ?? 'none', id);
}
