import { thumbnailKey } from '#lib/keys.js';
import { redis as sharedRedis } from '#lib/redis-client.js';

export const handler = async (event: { key: string }) => {
  const redis = sharedRedis();
  return await redis.get(thumbnailKey(event.key));
};
