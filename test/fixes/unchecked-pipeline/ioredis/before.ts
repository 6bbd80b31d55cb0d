import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function record(samples: Record<string, number>) {
  const pipeline = redis.pipeline();
  for (const [name, value] of Object.entries(samples)) pipeline.hincrby('metrics', name, value);
  // all at once
  await pipeline.exec(); // in one write
}

export async function move(id: string, replies: string[]): Promise<void> {
  if (replies.length > 0) await redis.multi().srem('active', id).sadd('done', id).exec();
}

export async function read(ids: string[]): Promise<(string | null)[]> {
  const replies = await redis.pipeline(ids.map((id) => ['hget', 'metrics', id])).exec();

  return (replies ?? []).map((entry) => entry[1] as string | null);
}

export async function counts(ids: string[]) {
  const error = 'none';
  return [error, ...(await redis.pipeline(ids.map((id) => ['exists', id])).exec())!.map(([, count]) => count as number)];
}

export const lengths = async (ids: string[]) =>
  (await redis.pipeline(ids.map((id) => ['scard', id])).exec())?.map((entry) => entry[1]);
