import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function rename(names: [string, string][], onError: (id: string, message: string) => void): Promise<void> {
  await ready;
  for (const [id, name] of names) {
    try {
      await client.hSet(`device:${id}`, 'name', name);
    } catch (error) {
      // the others go on
      onError(id, String(error));
    }
  }
}

export async function parsed(ids: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (const id of ids) {
    try {
      const raw = await client.get(`user:${id}`);
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
  for (const key of keys) {
    try {
      await client.incr(key);
    } catch {
      failed++;
    }
  }
  return failed;
}

export async function lengths(keys: string[]): Promise<number[]> {
  await ready;
  const lengths: number[] = [];
  for (const key of keys) {
    try {
      lengths.push(await client.lLen(key));
    } catch {
      lengths.push(-1);
    } finally {
      lengths.push(0);
    }
  }
  return lengths;
}
