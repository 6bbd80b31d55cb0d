import Redis from 'ioredis';

const redis = new Redis();

interface Instance {
  id: string;
  alive: boolean;
}

export async function reap(instances: Instance[]) {
  const removable: string[] = [];
  for (const { id, alive } of instances) {
    if (!alive) removable.push(id);
  }
  await redis.pipeline().zrem('instances', removable).exec(); // expect: empty-variadic
}

export async function reapSome(instances: Instance[]) {
  const removable: string[] = [];
  for (const { id, alive } of instances) {
    if (!alive) removable.push(id);
  }
  if (removable.length === 0) return;
  await redis.zrem('instances', ...removable); // quiet: empty-variadic -- its length was asked
}

export function clear(pattern: string, done: () => void) {
  return redis.keys(pattern).then(function (keys) {
    redis.del(keys, done); // expect: empty-variadic
  });
}
