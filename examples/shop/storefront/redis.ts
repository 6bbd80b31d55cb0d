import { Redis } from 'ioredis';

export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The storefront's one connection. */
export const redis = new Redis(redisUrl, { maxRetriesPerRequest: 3 });

redis.on('error', (error) => console.error('redis:', error.message));
