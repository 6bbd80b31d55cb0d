import { createClient } from 'redis';
import { thumbnailKey } from '#lib/keys.js';

export const handler = async (event: { key: string }) => {
  const client = createClient({ url: process.env.REDIS_URL });
  try {
    await client.connect();
    return await client.get(thumbnailKey(event.key));
  } finally {
    await client.disconnect();
  }
};
