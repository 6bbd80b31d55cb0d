import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const keys = await redis.keys('session:*');

export const names = () => keys;
