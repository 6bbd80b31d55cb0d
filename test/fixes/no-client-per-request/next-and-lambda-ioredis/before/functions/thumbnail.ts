import Redis from 'ioredis';
import { thumbnailKey } from '#lib/keys.js';

export const handler = async (event: { key: string }) => {
  const redis = new Redis(process.env.REDIS_URL!);
  try {
    return await redis.get(thumbnailKey(event.key));
  } finally {
    redis.disconnect();
  }
};
