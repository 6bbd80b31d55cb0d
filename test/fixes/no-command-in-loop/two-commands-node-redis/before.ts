import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sessions(ids: string[]) {
  await ready;
  const rows = [];
  for (const id of ids) {
    const fields = await client.hGetAll(`session:${id}`);
    // -1: never, -2: no such session
    const ttl = await client.ttl(`session:${id}`);

    rows.push({ id, user: fields.user ?? null, lives: ttl !== -2 });
  }
  return rows;
}

export async function sizes(names: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  for (const name of names) {
    const key = `group:${name}`;
    lines.push(`${await client.sCard(`${key}:members`)} of ${await client.lLen(`${key}:queue`)}`);
  }
  return lines;
}

export async function total(names: string[]): Promise<number> {
  await ready;
  let total = 0;
  for (const name of names) {
    const members = await client.sCard(`group:${name}:members`);
    const waiting = await client.lLen(`group:${name}:queue`);
    total += members * 10 + waiting;
  }
  return total;
}

export async function visit(ids: string[]): Promise<number[]> {
  await ready;
  const counts: number[] = [];
  for (const id of ids) {
    await client.hSet(`session:${id}`, 'seen', '1');
    const count = await client.incr(`visits:${id}`);
    await client.expire(`visits:${id}`, 600);
    counts.push(count);
  }
  return counts;
}
