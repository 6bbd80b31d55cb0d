import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function sessions(ids: string[]) {
  const rows = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hgetall(`session:${id}`);
    pipeline.ttl(`session:${id}`);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of ids.entries()) {
    const fields = replies[2 * index] as Record<string, string>;
    // -1: never, -2: no such session
    const ttl = replies[2 * index + 1] as number;

    rows.push({ id, user: fields.user ?? null, lives: ttl !== -2 });
  }
  return rows;
}

export async function sizes(names: string[]): Promise<string[]> {
  const lines: string[] = [];
  const pipeline = redis.pipeline();
  for (const name of names) {
    const key = `group:${name}`;
    pipeline.scard(`${key}:members`);
    pipeline.llen(`${key}:queue`);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (let index = 0; index < replies.length; index += 2) {
    const count = replies[index] as number;
    const length = replies[index + 1] as number;
    lines.push(`${count} of ${length}`);
  }
  return lines;
}

export async function total(names: string[]): Promise<number> {
  let total = 0;
  const pipeline = redis.pipeline();
  for (const name of names) {
    pipeline.scard(`group:${name}:members`);
    pipeline.llen(`group:${name}:queue`);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (let index = 0; index < replies.length; index += 2) {
    const members = replies[index] as number;
    const waiting = replies[index + 1] as number;
    total += members * 10 + waiting;
  }
  return total;
}

export async function visit(ids: string[]): Promise<number[]> {
  const counts: number[] = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hset(`session:${id}`, 'seen', '1');
    pipeline.incr(`visits:${id}`);
    pipeline.expire(`visits:${id}`, 600);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (let index = 0; index < replies.length; index += 3) {
    const count = replies[index + 1] as number;
    counts.push(count);
  }
  return counts;
}
