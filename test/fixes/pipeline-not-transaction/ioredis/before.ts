import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function transfer(from: string, to: string, cents: number) {
  const replies = await redis.pipeline().decrby(`wallet:${from}`, cents).incrby(`wallet:${to}`, cents).exec();
  for (const [error] of replies ?? []) if (error) throw error;
}

export async function insert(order: { id: string; customer: string }) {
  const batch = redis.pipeline(); // both of them
  batch.hset(`order:${order.id}`, { customer: order.customer });
  batch.sadd(`customer:${order.customer}:orders`, order.id);
  const replies = await batch.exec();
  return replies?.map(([, reply]) => reply);
}

export async function finish(id: string) {
  const replies = await redis.pipeline([['srem', 'jobs:running', id], ['sadd', 'jobs:finished', id]]).exec();
  return replies?.length;
}
