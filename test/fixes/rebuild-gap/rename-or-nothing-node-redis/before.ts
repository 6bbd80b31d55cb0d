import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  await client.unlink(`schedule:${day}`);
  for (const slot of slots) {
    await client.rPush(`schedule:${day}`, JSON.stringify(slot));
  }
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  await client.del(key);
  for (const [player, score] of Object.entries(scores)) {
    if (score < 0) continue;
    await client.zAdd(key, { score, value: player });
  }
  await client.expire(key, 600);
  return Object.keys(scores).length;
}
