import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function rename(names: [string, string][], onError: (id: string, message: string) => void): Promise<void> {
  await ready;
  const results = await Promise.all(
    names.map(async ([id, name]) => {
      const [result] = await Promise.allSettled([client.hSet(`device:${id}`, 'name', name)]);
      return { id, result };
    }),
  );
  for (const { id, result } of results) {
    if (result.status === 'rejected') {
      const error = result.reason;
      // the others go on
      onError(id, String(error));
    }
  }
}

export async function parsed(ids: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const results = await Promise.all(
    ids.map(async (id) => {
      const [result] = await Promise.allSettled([client.get(`user:${id}`)]);
      return { id, result };
    }),
  );
  for (const { id, result } of results) {
    try {
      if (result.status === 'rejected') throw result.reason;
      const raw = result.value;
      if (raw === null) continue;
      lines.push(`${id} is ${(JSON.parse(raw) as { name: string }).name}`);
    } catch (error) {
      lines.push(`${id} failed: ${(error as Error).name}`);
    }
  }
  return lines;
}

export async function counted(keys: string[]): Promise<number> {
  await ready;
  let failed = 0;
  const results = await Promise.allSettled(keys.map((key) => client.incr(key)));
  for (const result of results) {
    if (result.status === 'rejected') failed++;
  }
  return failed;
}

export async function lengths(keys: string[]): Promise<number[]> {
  await ready;
  const lengths: number[] = [];
  const results = await Promise.allSettled(keys.map((key) => client.lLen(key)));
  for (const result of results) {
    try {
      if (result.status === 'rejected') throw result.reason;
      const length = result.value;
      lengths.push(length);
    } catch {
      lengths.push(-1);
    } finally {
      lengths.push(0);
    }
  }
  return lengths;
}
