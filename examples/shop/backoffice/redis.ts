import { createClient } from 'redis';

export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The back office's one connection; `server.ts` connects it before it listens. */
export const client = createClient({ url: redisUrl });

client.on('error', (error: Error) => console.error('redis:', error.message));
