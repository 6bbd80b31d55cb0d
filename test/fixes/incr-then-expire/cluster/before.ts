import Redis, { Cluster } from 'ioredis';

async function hit(redis: Redis | Cluster, ip: string, limit: number) {
  const hits = await redis.incr(`rate:{${ip}}`);
  if (hits === 1) await redis.expire(`rate:{${ip}}`, 60);
  return hits <= limit;
}

const redis = new Cluster((process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0] ?? '', port: Number(node.split(':')[1]) })));
export const allowed = (ip: string, limit: number) => hit(redis, ip, limit);
