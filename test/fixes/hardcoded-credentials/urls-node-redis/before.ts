import { createClient } from 'redis';

export const jobs = createClient({ url: 'redis://app:n0t-a-real-one@jobs.internal.example.com:6379', database: 1 });
export const other = createClient({
  url: process.env.REDIS_URL ?? 'redis://:n0t-a-real-one@jobs.internal.example.com',
});
