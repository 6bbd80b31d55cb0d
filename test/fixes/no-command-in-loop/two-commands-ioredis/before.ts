import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions(ids: string[]) {
  const rows = [];
  for (const id of ids) {
    const fields = await redis.hgetall(`session:${id}`);
    // -1: never, -2: no such session
    const ttl = await redis.ttl(`session:${id}`);

    rows.push({ id, user: fields.user ?? null, lives: ttl !== -2 });
  }
  return rows;
}

export async function sizes(names: string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const name of names) {
    const key = `group:${name}`;
    lines.push(`${await redis.scard(`${key}:members`)} of ${await redis.llen(`${key}:queue`)}`);
  }
  return lines;
}

export async function total(names: string[]): Promise<number> {
  let total = 0;
  for (const name of names) {
    const members = await redis.scard(`group:${name}:members`);
    const waiting = await redis.llen(`group:${name}:queue`);
    total += members * 10 + waiting;
  }
  return total;
}

export async function visit(ids: string[]): Promise<number[]> {
  const counts: number[] = [];
  for (const id of ids) {
    await redis.hset(`session:${id}`, 'seen', '1');
    const count = await redis.incr(`visits:${id}`);
    await redis.expire(`visits:${id}`, 600);
    counts.push(count);
  }
  return counts;
}
