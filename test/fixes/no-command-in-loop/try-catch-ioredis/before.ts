import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function rename(names: [string, string][], onError: (id: string, message: string) => void): Promise<void> {
  for (const [id, name] of names) {
    try {
      await redis.hset(`device:${id}`, 'name', name);
    } catch (error) {
      // the others go on
      onError(id, String(error));
    }
  }
}

export async function parsed(ids: string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const id of ids) {
    try {
      const raw = await redis.get(`user:${id}`);
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
  for (const key of keys) {
    try {
      await redis.incr(key);
    } catch {
      failed++;
    }
  }
  return failed;
}

export async function lengths(keys: string[]): Promise<number[]> {
  const lengths: number[] = [];
  for (const key of keys) {
    try {
      lengths.push(await redis.llen(key));
    } catch {
      lengths.push(-1);
    } finally {
      lengths.push(0);
    }
  }
  return lengths;
}
