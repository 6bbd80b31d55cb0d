import { createClient } from 'redis';

export const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (error) => console.error(error));
export const ready = client.connect();
