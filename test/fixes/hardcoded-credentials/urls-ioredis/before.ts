import Redis from 'ioredis';

export const main = new Redis('redis://app:n0t-a-real-one@redis.shop.example.com:6379/2', { lazyConnect: true });
export const replica = new Redis(process.env.REDIS_URL ?? 'rediss://:n0t-a-real-one@replica.shop.example.com');
export const other = new Redis({ host: 'redis.shop.example.com', password: process.env.CACHE_PASSWORD || 'n0t-a-real-one', lazyConnect: true });
