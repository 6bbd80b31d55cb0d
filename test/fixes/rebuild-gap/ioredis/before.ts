import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function replaceTags(post: string, tags: string[]) {
  await redis.del(`post:${post}:tags`);
  await redis.sadd(`post:${post}:tags`, ...tags);
  await redis.expire(`post:${post}:tags`, 3600);
}

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  // yesterday's plan is void
  await redis.unlink(`schedule:${day}`);
  for (const slot of slots) {
    await redis.rpush(`schedule:${day}`, JSON.stringify(slot));
  }
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  await redis.del(key); // all of them

  const entries = Object.entries(scores);
  // nobody may have played
  if (entries.length > 0) {
    await redis.zadd(key, ...entries.flatMap(([player, score]) => [score, player]));
  }
  await redis.expire(key, 600); // ten minutes
  return entries.length;
}
