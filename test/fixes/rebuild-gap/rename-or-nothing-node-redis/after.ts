import { createClient } from 'redis';
import { randomUUID } from 'node:crypto';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  const rebuilt = `schedule:${day}:rebuilt:${randomUUID()}`;
  for (const slot of slots) {
    await client.rPush(rebuilt, JSON.stringify(slot));
  }
  // Of nothing there is no key to rename.
  await client.rename(rebuilt, `schedule:${day}`).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
    return client.unlink(`schedule:${day}`);
  });
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  const rebuilt = `${key}:rebuilt:${randomUUID()}`;
  for (const [player, score] of Object.entries(scores)) {
    if (score < 0) continue;
    await client.zAdd(rebuilt, { score, value: player });
  }
  await client.expire(rebuilt, 600);
  // Of nothing there is no key to rename.
  await client.rename(rebuilt, key).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
    return client.del(key);
  });
  return Object.keys(scores).length;
}
