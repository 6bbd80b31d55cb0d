import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function rename(names: [string, string][], onError: (id: string, message: string) => void): Promise<void> {
  await ready;
  const results = await Promise.allSettled(names.map(([id, name]) => client.hSet(`device:${id}`, 'name', name)));
  for (const [index, [id]] of names.entries()) {
    const result = results[index]!;
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
  await Promise.all(
    ids.map(async (id) => {
      try {
        const raw = await client.get(`user:${id}`);
        if (raw === null) return;
        lines.push(`${id} is ${(JSON.parse(raw) as { name: string }).name}`);
      } catch (error) {
        lines.push(`${id} failed: ${(error as Error).name}`);
      }
    }),
  );
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
  await Promise.all(
    keys.map(async (key) => {
      try {
        lengths.push(await client.lLen(key));
      } catch {
        lengths.push(-1);
      } finally {
        lengths.push(0);
      }
    }),
  );
  return lengths;
}
