import { createClient } from 'redis';

export const jobs = createClient({ url: 'redis://app@jobs.internal.example.com:6379', password: process.env.REDIS_PASSWORD, database: 1 });
export const other = createClient({
  url: process.env.REDIS_URL ?? 'redis://jobs.internal.example.com', password: process.env.REDIS_PASSWORD,
});
