import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function record(actor: string, action: string) {
  // who did what
  await redis.lpush('audit:log', `${actor} ${action}`); // newest first
}

export async function visit(userId: string, url: string, replies: string[]) {
  if (replies.length === 0) await redis.rpush(`visits:${userId}`, url, JSON.stringify({
    at: 'home',
  }));
}
