import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function rebuild(season: string, scores: Record<string, number>) {
  const key = `rank:${season}`;
  const batch = redis.multi().del(key);
  for (const [player, score] of Object.entries(scores)) batch.zadd(key, score, player);
  const replies = await batch.exec();
  for (const [error] of replies ?? []) if (error) throw error;
}

export async function replaceCart(id: string, items: Record<string, string>) {
  const replies = await redis
    .multi()
    .del(`cart:${id}`) // the old one
    .hset(`cart:${id}`, items)
    .exec();
  return replies?.length;
}
