import Redis from 'ioredis';

export const main = new Redis('redis://redis.shop.example.com:6379/2', { username: 'app', password: process.env.REDIS_PASSWORD, lazyConnect: true });
export const replica = new Redis(process.env.REDIS_URL ?? 'rediss://replica.shop.example.com', { password: process.env.REDIS_PASSWORD });
export const other = new Redis({ host: 'redis.shop.example.com', password: process.env.CACHE_PASSWORD, lazyConnect: true });
