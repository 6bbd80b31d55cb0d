import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function record(actor: string, action: string) {
  // who did what
  const replies = await redis
    .multi()
    .lpush('audit:log', `${actor} ${action}`)
    .ltrim('audit:log', 0, 999)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  } // newest first
}

export async function visit(userId: string, url: string, replies: string[]) {
  if (replies.length === 0) {
    const results = await redis
      .multi()
      .rpush(`visits:${userId}`, url, JSON.stringify({
        at: 'home',
      }))
      .ltrim(`visits:${userId}`, -1000, -1)
      .exec();
    for (const [error] of results ?? []) {
      if (error) throw error;
    }
  }
}
