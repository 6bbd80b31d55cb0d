import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

type Send = (address: string, subject: string) => unknown;

export async function digests(ids: string[], send: Send): Promise<number> {
  let sent = 0;
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hget(`user:${id}`, 'mail');
  }
  const addresses = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of ids.entries()) {
    // the address may have been removed since
    const address = addresses[index] as string | null;
    if (!address) continue;

    await send(address, `Digest for ${id}`);
    sent += 1;
  }
  return sent;
}

export async function announce(ids: string[], send: Send): Promise<void> {
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hget(`user:${id}`, 'name');
    pipeline.hget(`user:${id}`, 'mail');
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of ids.entries()) {
    const name = replies[2 * index] as string | null;
    const mail = replies[2 * index + 1] as string | null;
    await send(mail ?? 'nobody', name ?? id);
  }
}

export async function forward(ids: string[], send: Send): Promise<void> {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.hget(`user:${id}`, 'mail');
  const values = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of ids.entries()) {
    const value = values[index] as string | null;
    await send(value ?? 'none', id);
  }
}
