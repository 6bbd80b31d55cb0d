import Redis from 'ioredis';
import { exportKey } from './keys.js';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function view(page: string) {
  return redis.incr(`page-views:${page}`); // once a visit
}

export async function views(page: string) {
  return redis.get('page-views:' + page);
}

export const readOrder = (id: string) => redis.get(`order:${id}`);
export const writeOrder = (id: string, text: string) => redis.set(`order:${id}`, text);
export const dropOrder = (id: string) => redis.del(`order:${id}`);

export const hasOrder = (id: string) => redis.exists(`order:${id}`);
export const orderTtl = (id: string) => redis.ttl(`order:${id}`);

export async function exported(id: string, text: string) {
  await redis.set(exportKey(id), text);
  return redis.get(exportKey(id));
}

export const addLine = (id: string, line: string) => redis.sadd(`order:${id}:lines`, line);
export const lines = (id: string) => redis.smembers('order:' + id + ':lines');
