import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function post(id: string, text: string) {
  await redis.lpush(`feed:${id}`, text);
}

export async function drop(id: string) {
  return redis.unlink(`feed:${id}`); // the whole feed
}

export async function dropAll(ids: string[]) {
  return redis.unlink(...ids.map((id) => `feed:${id}`));
}

export async function queued(id: string) {
  return redis.multi().unlink(`feed:${id}`).get('other').exec();
}

export async function raw(id: string) {
  return redis.call('unlink', 'feed:' + id);
}
