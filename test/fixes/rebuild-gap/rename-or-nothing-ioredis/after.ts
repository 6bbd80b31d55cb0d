import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  const rebuilt = `schedule:${day}:rebuilt:${randomUUID()}`;
  for (const slot of slots) {
    await redis.rpush(rebuilt, JSON.stringify(slot));
  }
  // Of nothing there is no key to rename.
  await redis.rename(rebuilt, `schedule:${day}`).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
    return redis.unlink(`schedule:${day}`);
  });
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  const rebuilt = `${key}:rebuilt:${randomUUID()}`;
  for (const [player, score] of Object.entries(scores)) {
    if (score < 0) continue;
    await redis.zadd(rebuilt, score, player);
  }
  await redis.expire(rebuilt, 600);
  // Of nothing there is no key to rename.
  await redis.rename(rebuilt, key).catch((error: Error) => {
    if (!error.message.includes('no such key')) throw error;
    return redis.del(key);
  });
  return Object.keys(scores).length;
}
