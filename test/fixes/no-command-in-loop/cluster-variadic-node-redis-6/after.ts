import { createCluster } from 'redis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes: nodes });
cluster.on('error', (error: Error) => console.error(error.message));
const ready = cluster.connect();

export async function drop(ids: string[]): Promise<number> {
  await ready;
  let dropped = 0;
  if (ids.length > 0) dropped += await cluster.unlink(ids.map((id) => `draft:${id}`));
  return dropped;
}

export async function subscribe(mails: string[]): Promise<void> {
  await ready;
  if (mails.length > 0) await cluster.sAdd('newsletter', mails);
}
