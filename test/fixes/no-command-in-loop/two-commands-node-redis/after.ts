import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function sessions(ids: string[]) {
  await ready;
  const rows = [];
  const replies = await Promise.all(
    ids.map(async (id) => {
      const [fields, ttl] = await Promise.all([
        client.hGetAll(`session:${id}`),
        client.ttl(`session:${id}`),
      ]);
      return { id, fields, ttl };
    }),
  );
  for (const { id, fields, ttl } of replies) {
    // -1: never, -2: no such session

    rows.push({ id, user: fields.user ?? null, lives: ttl !== -2 });
  }
  return rows;
}

export async function sizes(names: string[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  const pending = [];
  for (const name of names) {
    const key = `group:${name}`;
    pending.push(Promise.all([client.sCard(`${key}:members`), client.lLen(`${key}:queue`)]));
  }
  for (const [count, length] of await Promise.all(pending)) {
    lines.push(`${count} of ${length}`);
  }
  return lines;
}

export async function total(names: string[]): Promise<number> {
  await ready;
  let total = 0;
  const replies = await Promise.all(
    names.map((name) => Promise.all([
      client.sCard(`group:${name}:members`),
      client.lLen(`group:${name}:queue`),
    ])),
  );
  for (const [members, waiting] of replies) {
    total += members * 10 + waiting;
  }
  return total;
}

export async function visit(ids: string[]): Promise<number[]> {
  await ready;
  const counts: number[] = [];
  const replies = await Promise.all(
    ids.map((id) => Promise.all([
      client.hSet(`session:${id}`, 'seen', '1'),
      client.incr(`visits:${id}`),
      client.expire(`visits:${id}`, 600),
    ])),
  );
  for (const [, count] of replies) {
    counts.push(count);
  }
  return counts;
}
