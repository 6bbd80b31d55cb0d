import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function record(samples: Record<string, number>) {
  const pipeline = redis.pipeline();
  for (const [name, value] of Object.entries(samples)) pipeline.hincrby('metrics', name, value);
  // all at once
  const replies = await pipeline.exec(); // in one write
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
}

export async function move(id: string, replies: string[]): Promise<void> {
  if (replies.length > 0) {
    const results = await redis.multi().srem('active', id).sadd('done', id).exec();
    for (const [error] of results ?? []) {
      if (error) throw error;
    }
  }
}

export async function read(ids: string[]): Promise<(string | null)[]> {
  const replies = await redis.pipeline(ids.map((id) => ['hget', 'metrics', id])).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }

  return (replies ?? []).map((entry) => entry[1] as string | null);
}

export async function counts(ids: string[]) {
  const error = 'none';
  const replies = await redis.pipeline(ids.map((id) => ['exists', id])).exec();
  for (const [failure] of replies ?? []) {
    if (failure) throw failure;
  }
  return [error, ...replies!.map(([, count]) => count as number)];
}

export const lengths = async (ids: string[]) => {
  const replies = await redis.pipeline(ids.map((id) => ['scard', id])).exec();
  for (const [error] of replies ?? []) {
    if (error) throw error;
  }
  return replies?.map((entry) => entry[1]);
};
