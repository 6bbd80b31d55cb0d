import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function replaceTags(post: string, tags: string[]) {
  const replies = await redis
    .multi()
    .del(`post:${post}:tags`)
    .sadd(`post:${post}:tags`, ...tags)
    .expire(`post:${post}:tags`, 3600)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  // yesterday's plan is void
  const multi = redis.multi();
  multi.unlink(`schedule:${day}`);
  for (const slot of slots) {
    multi.rpush(`schedule:${day}`, JSON.stringify(slot));
  }
  for (const [error] of (await multi.exec()) ?? []) {
    if (error) throw error;
  }
}

export async function rankPlayers(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  const multi = redis.multi();
  multi.del(key); // all of them

  const entries = Object.entries(scores);
  // nobody may have played
  if (entries.length > 0) {
    multi.zadd(key, ...entries.flatMap(([player, score]) => [score, player]));
  }
  multi.expire(key, 600); // ten minutes
  for (const [error] of (await multi.exec()) ?? []) {
    if (error) throw error;
  }
  return entries.length;
}
