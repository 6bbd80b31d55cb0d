import { createClient } from 'redis';

export const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
await client.connect();
