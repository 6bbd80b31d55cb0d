import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function invoices() {
  // All of them.
  const [, keys] = await redis.scan('0', 'MATCH', 'invoice:*'); // by name
  return keys.sort();
}

export async function some(kind: string) {
  const reply = await redis.scan(0, 'MATCH', `${kind}:*`, 'COUNT', 100);
  return reply[1].length > 0 ? reply[1].sort() : [];
}
