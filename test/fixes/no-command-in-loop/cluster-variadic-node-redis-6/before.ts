import { createCluster } from 'redis';

const nodes = (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes: nodes });
cluster.on('error', (error: Error) => console.error(error.message));
const ready = cluster.connect();

export async function drop(ids: string[]): Promise<number> {
  await ready;
  let dropped = 0;
  for (const id of ids) dropped += await cluster.unlink(`draft:${id}`);
  return dropped;
}

export async function subscribe(mails: string[]): Promise<void> {
  await ready;
  for (const mail of mails) await cluster.sAdd('newsletter', mail);
}
