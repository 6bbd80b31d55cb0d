import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function rename(names: [string, string][], onError: (id: string, message: string) => void): Promise<void> {
  const pipeline = redis.pipeline();
  for (const [id, name] of names) {
    pipeline.hset(`device:${id}`, 'name', name);
  }
  const results = (await pipeline.exec()) ?? [];
  for (const [index, [id]] of names.entries()) {
    const [error] = results[index] ?? [];
    if (error) {
      // the others go on
      onError(id, String(error));
    }
  }
}

export async function parsed(ids: string[]): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.get(`user:${id}`);
  }
  const results = (await pipeline.exec()) ?? [];
  for (const [index, id] of ids.entries()) {
    try {
      const [err, reply] = results[index] ?? [];
      if (err) throw err;
      const raw = reply as string | null;
      if (raw === null) continue;
      lines.push(`${id} is ${(JSON.parse(raw) as { name: string }).name}`);
    } catch (error) {
      lines.push(`${id} failed: ${(error as Error).name}`);
    }
  }
  return lines;
}

export async function counted(keys: string[]): Promise<number> {
  let failed = 0;
  const pipeline = redis.pipeline();
  for (const key of keys) {
    pipeline.incr(key);
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) failed++;
  }
  return failed;
}

export async function lengths(keys: string[]): Promise<number[]> {
  const lengths: number[] = [];
  const pipeline = redis.pipeline();
  for (const key of keys) {
    pipeline.llen(key);
  }
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    try {
      if (error) throw error;
      const length = reply as number;
      lengths.push(length);
    } catch {
      lengths.push(-1);
    } finally {
      lengths.push(0);
    }
  }
  return lengths;
}
