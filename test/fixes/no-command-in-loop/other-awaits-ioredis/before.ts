import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

type Send = (address: string, subject: string) => unknown;

export async function digests(ids: string[], send: Send): Promise<number> {
  let sent = 0;
  for (const id of ids) {
    // the address may have been removed since
    const address = await redis.hget(`user:${id}`, 'mail');
    if (!address) continue;

    await send(address, `Digest for ${id}`);
    sent += 1;
  }
  return sent;
}

export async function announce(ids: string[], send: Send): Promise<void> {
  for (const id of ids) {
    const name = await redis.hget(`user:${id}`, 'name');
    const mail = await redis.hget(`user:${id}`, 'mail');
    await send(mail ?? 'nobody', name ?? id);
  }
}

export async function forward(ids: string[], send: Send): Promise<void> {
  for (const id of ids) await send((await redis.hget(`user:${id}`, 'mail')) ?? 'none', id);
}
