import { thumbnailKey } from '#lib/keys.js';
import { redis } from '#lib/redis-client.js';

export const handler = async (event: { key: string }) => {
  const client = await redis();
  return await client.get(thumbnailKey(event.key));
};
