import DataLoader from 'dataloader';
import Redis from 'ioredis';

const redis = new Redis();
redis.on('error', console.error);

async function readAll(ids: readonly string[]) {
  return redis.mget(...ids.map((id) => `user:${id}`)); // quiet: empty-variadic -- a batch has at least one key
}

export const users = new DataLoader((ids: readonly string[]) => readAll(ids));

export async function namesOf(ids: string[]) {
  return redis.mget(...ids.map((id) => `name:${id}`)); // expect: empty-variadic
}
