import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function rebuild(season: string, players: { value: string; score: number }[]) {
  await ready;
  const batch = client.multi();
  batch.del(`rank:${season}`);
  for (const player of players) batch.zAdd(`rank:${season}`, player);
  await batch.execAsPipeline();
}

export async function replaceCart(id: string, items: Record<string, string>) {
  await ready;
  const replies = await client.multi().del(`cart:${id}`).hSet(`cart:${id}`, items).exec(true);
  return replies.length;
}
