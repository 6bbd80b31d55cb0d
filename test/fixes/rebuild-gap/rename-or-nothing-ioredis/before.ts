import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  await redis.unlink(`schedule:${day}`);
  for (const slot of slots) {
    await redis.rpush(`schedule:${day}`, JSON.stringify(slot));
  }
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  await redis.del(key);
  for (const [player, score] of Object.entries(scores)) {
    if (score < 0) continue;
    await redis.zadd(key, score, player);
  }
  await redis.expire(key, 600);
  return Object.keys(scores).length;
}
