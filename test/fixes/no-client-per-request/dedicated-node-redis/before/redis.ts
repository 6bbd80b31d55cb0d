import { createClient } from 'redis';

export const client = await createClient({ url: process.env.REDIS_URL }).on('error', (error) => console.error(error)).connect();
