import Redis, { Cluster } from 'ioredis';

async function hit(redis: Redis | Cluster, ip: string, limit: number) {
  const replies = await redis
    .multi()
    .set(`rate:{${ip}}`, 0, 'EX', 60, 'NX')
    .incr(`rate:{${ip}}`)
    .exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  const hits = Number(replies?.[1]?.[1]);
  return hits <= limit;
}

const redis = new Cluster((process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0] ?? '', port: Number(node.split(':')[1]) })));
export const allowed = (ip: string, limit: number) => hit(redis, ip, limit);
