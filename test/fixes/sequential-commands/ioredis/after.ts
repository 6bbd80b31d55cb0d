import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function recordMatch(player: string, points: number) {
  const replies = await redis
    .pipeline()
    .zincrby('leaderboard', points, player)
    .hincrby(`player:${player}`, 'matches', 1)
    .expire(`player:${player}`, 86400)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function visit(page: string, visitor: string): Promise<void> {
  // one more
  const pipeline = redis.pipeline();
  pipeline.incr(`visits:${page}`);
  pipeline.pfadd(`visitors:${page}`, visitor); // distinct ones
  // the newest first
  pipeline.lpush(
    `recent:${page}`,
    visitor,
  );
  pipeline.ltrim(`recent:${page}`, 0, 9);
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
}

