import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function recordMatch(player: string, points: number) {
  await redis.zincrby('leaderboard', points, player);
  await redis.hincrby(`player:${player}`, 'matches', 1);
  await redis.expire(`player:${player}`, 86400);
}

export async function visit(page: string, visitor: string): Promise<void> {
  // one more
  await redis.incr(`visits:${page}`);
  await redis.pfadd(`visitors:${page}`, visitor); // distinct ones
  // the newest first
  await redis.lpush(
    `recent:${page}`,
    visitor,
  );
  await redis.ltrim(`recent:${page}`, 0, 9);
}

