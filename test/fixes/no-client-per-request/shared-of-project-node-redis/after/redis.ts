import { createClient } from 'redis';

export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The one connection of this service. */
export const client = createClient({ url: redisUrl });

client.on('error', (error: Error) => console.error(error.message));
await client.connect();
