import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function moveStock(sku: string, from: string, to: string, n: number) {
  await ready;
  return client.multi().decrBy(`stock:${from}:${sku}`, n).incrBy(`stock:${to}:${sku}`, n).execAsPipeline();
}

export async function rank(id: string, score: number) {
  await ready;
  const batch = client.multi();
  const key = `player:${id}`;
  batch.hSet(key, { score });
  batch.zAdd('players:by-score', { score, value: id });
  await batch.exec(true);
}
