import { Redis } from 'ioredis';

export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The one connection of this service. */
export const redis = new Redis(redisUrl, { maxRetriesPerRequest: 3 });
