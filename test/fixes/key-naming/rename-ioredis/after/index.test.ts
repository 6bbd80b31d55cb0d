import Redis from 'ioredis';
import { readOrder } from './index.js';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function reads() {
  await redis.set('order:1', 'a');
  return (await readOrder('1')) === 'a';
}
